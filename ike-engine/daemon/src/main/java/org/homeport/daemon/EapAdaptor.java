package org.homeport.daemon;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.homeport.aaa.AaaBackend;
import org.homeport.aaa.AaaConversation;
import org.homeport.aaa.AaaOpening;
import org.homeport.aaa.AaaReply;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.port.EapPort;
import org.homeport.eap.IdentityQuestion;
import org.homeport.kit.Endpoint;
import org.homeport.kit.Octets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions on one side, AAA on the other: neither knows the other's words. */
final class EapAdaptor implements EapPort {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.session");

    private final AaaBackend backend;
    private final GrantDesk desk;
    private final Map<String, Open> conversations = new ConcurrentHashMap<>();

    private record Open(AaaConversation conversation, String connection) {}

    EapAdaptor(AaaBackend backend, GrantDesk desk) {
        this.backend = backend;
        this.desk = desk;
    }

    @Override
    public void ask(String session, EapTurn turn, Consumer<EapTurn.Outcome> answer) {
        switch (turn) {
            case EapTurn.Begin(PeerIdentity claimed, var question, Endpoint careOf, String connection) -> {
                desk.grants().expect(session);
                AaaConversation conversation = backend.open(new AaaOpening(
                        session,
                        GrantDesk.claimed(claimed),
                        question(question),
                        Optional.of(careOf.toString()),
                        OptionalInt.empty()));
                Optional.ofNullable(conversations.put(session, new Open(conversation, connection)))
                        .ifPresent(before -> before.conversation().abandon());
                pass(session, conversation.begin(), answer);
            }
            case EapTurn.Message(Octets packet) ->
                Optional.ofNullable(conversations.get(session))
                        .ifPresentOrElse(
                                open -> pass(session, open.conversation().answer(packet), answer),
                                () -> answer.accept(
                                        new EapTurn.Outcome.Unavailable("the conversation is over already")));
            case EapTurn.Abandon() ->
                Optional.ofNullable(conversations.remove(session))
                        .ifPresent(open -> open.conversation().abandon());
        }
    }

    private void pass(String session, CompletionStage<AaaReply> reply, Consumer<EapTurn.Outcome> answer) {
        reply.whenComplete((said, failed) ->
                answer.accept(said != null ? outcome(session, said) : unavailable(session, String.valueOf(failed))));
    }

    private EapTurn.Outcome outcome(String session, AaaReply reply) {
        return switch (reply) {
            case AaaReply.Continue(Octets packet, Optional<String> setback) -> {
                setback.ifPresent(why -> LOG.atInfo()
                        .addKeyValue("event", "eap.setback")
                        .addKeyValue("session", session)
                        .addKeyValue("why", why)
                        .log());
                yield new EapTurn.Outcome.Continue(packet);
            }
            case AaaReply.Accept accept -> accepted(session, accept);
            case AaaReply.Reject(Optional<Octets> packet, String reason) -> {
                conversations.remove(session);
                yield new EapTurn.Outcome.Rejected(packet, reason);
            }
            case AaaReply.Unavailable(String reason) -> unavailable(session, reason);
        };
    }

    private EapTurn.Outcome unavailable(String session, String reason) {
        conversations.remove(session);
        return new EapTurn.Outcome.Unavailable(reason);
    }

    private EapTurn.Outcome accepted(String session, AaaReply.Accept accept) {
        String connection = Optional.ofNullable(conversations.remove(session))
                .map(Open::connection)
                .orElse("");
        return new EapTurn.Outcome.Accepted(
                accept.packet(),
                accept.msk(),
                desk.accept(
                        session,
                        new Grants.Granted(accept.grant(), accept.method(), Grants.Proof.BY_AAA, connection),
                        accept.remark()),
                accept.method());
    }

    private static IdentityQuestion question(EapTurn.IdentityQuestion question) {
        return switch (question) {
            case ASK -> IdentityQuestion.ASK;
            case SKIP -> IdentityQuestion.SKIP;
        };
    }
}
