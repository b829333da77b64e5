package org.homeport.aaa.radius.eap;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.homeport.aaa.AaaConversation;
import org.homeport.aaa.AaaReply;
import org.homeport.aaa.radius.AccessExchange;
import org.homeport.aaa.radius.ServerAnswer;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A conversation passed through: one question after the other, each as long as the servers take. */
final class RadiusConversation implements AaaConversation {
    private static final Logger LOG = LoggerFactory.getLogger(RadiusConversation.class);

    private final String id;
    private final PassThrough passThrough;
    private final AccessExchange servers;
    private CompletableFuture<AaaReply> last =
            CompletableFuture.completedFuture(new AaaReply.Unavailable("nothing asked yet"));
    private volatile boolean abandoned;

    RadiusConversation(String id, PassThrough passThrough, AccessExchange servers) {
        this.id = id;
        this.passThrough = passThrough;
        this.servers = servers;
    }

    @Override
    public CompletionStage<AaaReply> begin() {
        return next(passThrough::begin);
    }

    @Override
    public CompletionStage<AaaReply> answer(Octets packet) {
        return next(() -> passThrough.handle(packet));
    }

    @Override
    public void abandon() {
        abandoned = true;
    }

    /** The order of questions is the order of the calls: the pass-through is touched by one at a time. */
    private synchronized CompletionStage<AaaReply> next(Supplier<PassThrough.Step> step) {
        last = last.thenCompose(before -> abandoned ? told(gone()) : follow(step.get()))
                .exceptionally(this::bug)
                .thenApply(this::unlessAbandoned);
        return last.minimalCompletionStage();
    }

    private CompletionStage<AaaReply> follow(PassThrough.Step step) {
        return switch (step) {
            case PassThrough.Step.Tell(AaaReply reply) -> told(reply);
            case PassThrough.Step.Ask ask ->
                servers.ask(ask.attributes()).thenCompose(outcome -> switch (outcome) {
                    case AccessExchange.Outcome.Answered(ServerAnswer answer) -> follow(passThrough.answered(answer));
                    case AccessExchange.Outcome.NoAnswer(String reason) -> {
                        passThrough.end();
                        yield told(new AaaReply.Unavailable(reason));
                    }
                });
        };
    }

    private AaaReply unlessAbandoned(AaaReply reply) {
        if (!abandoned) {
            return reply;
        }
        if (reply instanceof AaaReply.Accept accept) {
            accept.msk().ifPresent(Secret::close);
        }
        return gone();
    }

    private AaaReply bug(Throwable problem) {
        LOG.error("radius.bug conversation={}", id, problem);
        passThrough.end();
        return new AaaReply.Unavailable("internal error of the RADIUS pass-through: " + problem);
    }

    private static AaaReply gone() {
        return new AaaReply.Unavailable("the conversation was abandoned");
    }

    private static CompletionStage<AaaReply> told(AaaReply reply) {
        return CompletableFuture.completedStage(reply);
    }
}
