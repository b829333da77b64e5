package org.homeport.aaa.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.homeport.aaa.AaaBackend;
import org.homeport.aaa.AaaConversation;
import org.homeport.aaa.AaaOpening;
import org.homeport.aaa.AaaReply;
import org.homeport.kit.Octets;

/** Notes who comes, and answers everything with one octet. */
final class ScriptedBackend implements AaaBackend {
    static final AaaReply REPLY = new AaaReply.Continue(Octets.of(1), Optional.empty());

    final List<AaaOpening> openings = new ArrayList<>();
    final List<Octets> answers = new ArrayList<>();
    int abandoned;
    AaaReply reply = REPLY;

    @Override
    public AaaConversation open(AaaOpening opening) {
        openings.add(opening);
        return new AaaConversation() {
            @Override
            public CompletionStage<AaaReply> begin() {
                return CompletableFuture.completedStage(reply);
            }

            @Override
            public CompletionStage<AaaReply> answer(Octets packet) {
                answers.add(packet);
                return begin();
            }

            @Override
            public void abandon() {
                abandoned++;
            }
        };
    }

    List<String> names() {
        return openings.stream().map(opening -> opening.claimed().data().utf8()).toList();
    }
}
