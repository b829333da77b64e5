package org.homeport.aaa;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.homeport.kit.Octets;

/** Over before it began. */
record RefusedConversation(String reason) implements AaaConversation {
    @Override
    public CompletionStage<AaaReply> begin() {
        return CompletableFuture.completedStage(new AaaReply.Reject(Optional.empty(), reason));
    }

    @Override
    public CompletionStage<AaaReply> answer(Octets packet) {
        return begin();
    }

    @Override
    public void abandon() {}
}
