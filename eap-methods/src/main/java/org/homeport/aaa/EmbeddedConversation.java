package org.homeport.aaa;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.homeport.eap.AuthenticatorStep;
import org.homeport.eap.EapAuthenticator;
import org.homeport.eap.MethodResult;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A conversation with local methods: one step after the other, each on the executor. */
final class EmbeddedConversation implements AaaConversation {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedConversation.class);

    private final String id;
    private final EapAuthenticator authenticator;
    private final AccountDesk desk;
    private final Executor executor;
    private CompletableFuture<AaaReply> last =
            CompletableFuture.completedFuture(new AaaReply.Unavailable("nothing asked yet"));
    private volatile boolean abandoned;

    EmbeddedConversation(String id, EapAuthenticator authenticator, AccountDesk desk, Executor executor) {
        this.id = id;
        this.authenticator = authenticator;
        this.desk = desk;
        this.executor = executor;
    }

    @Override
    public CompletionStage<AaaReply> begin() {
        return next(authenticator::begin);
    }

    @Override
    public CompletionStage<AaaReply> answer(Octets packet) {
        return next(() -> authenticator.handle(packet));
    }

    @Override
    public void abandon() {
        abandoned = true;
    }

    private synchronized CompletionStage<AaaReply> next(Supplier<AuthenticatorStep> step) {
        last = last.handleAsync((before, problem) -> take(step), executor)
                .exceptionally(problem -> new AaaReply.Unavailable("the embedded AAA cannot work: " + problem));
        return last.minimalCompletionStage();
    }

    private AaaReply take(Supplier<AuthenticatorStep> step) {
        if (abandoned) {
            return new AaaReply.Unavailable("the conversation was abandoned");
        }
        try {
            AaaReply reply = reply(step.get());
            if (abandoned && reply instanceof AaaReply.Accept accept) {
                accept.msk().ifPresent(Secret::close);
                return new AaaReply.Unavailable("the conversation was abandoned");
            }
            return reply;
        } catch (RuntimeException e) {
            LOG.error("eap.bug conversation={}", id, e);
            return new AaaReply.Unavailable("internal error in the embedded AAA: " + e);
        }
    }

    private AaaReply reply(AuthenticatorStep step) {
        return switch (step) {
            case AuthenticatorStep.Ask ask -> new AaaReply.Continue(ask.request(), ask.setback());
            case AuthenticatorStep.Granted granted -> accept(granted.success(), granted.result());
            case AuthenticatorStep.Refused refused -> new AaaReply.Reject(refused.failure(), refused.reason());
            case AuthenticatorStep.Ignored ignored -> {
                LOG.debug("eap.ignored conversation={} reason={}", id, ignored.reason());
                yield new AaaReply.Continue(ignored.outstanding(), Optional.empty());
            }
        };
    }

    private AaaReply accept(Octets success, MethodResult result) {
        User user = result.identity()
                .flatMap(desk::handedOut)
                .orElseThrow(() -> new IllegalStateException(
                        result.method() + " authenticated somebody whose secret was never handed out"));
        return new AaaReply.Accept(
                Optional.of(success),
                result.msk(),
                result.method(),
                user.grant().withKeyName(result.sessionId()));
    }
}
