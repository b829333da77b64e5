package org.homeport.daemon;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.homeport.aaa.AaaBackend;
import org.homeport.aaa.AaaConversation;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.AaaOpening;
import org.homeport.aaa.AaaReply;
import org.homeport.aaa.ClaimedIdentity;
import org.homeport.aaa.authorize.MobilityService;
import org.homeport.aaa.authorize.ServiceDecision;
import org.homeport.aaa.authorize.ServiceSubject;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.port.EapPort;
import org.homeport.core.registry.IdType;
import org.homeport.eap.IdentityQuestion;
import org.homeport.kit.Endpoint;
import org.homeport.kit.Octets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions on one side, AAA on the other: neither knows the other's words. */
final class EapAdaptor implements EapPort {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.session");

    private final AaaBackend backend;
    private final MobilityService service;
    private final Grants grants;
    private final Map<String, Open> conversations = new ConcurrentHashMap<>();

    private record Open(AaaConversation conversation, String connection) {}

    /**
     * Between the two.
     *
     * @param service who of those that AAA knows may have mobility service
     * @param grants gets what AAA grants each session
     */
    EapAdaptor(AaaBackend backend, MobilityService service, Grants grants) {
        this.backend = backend;
        this.service = service;
        this.grants = grants;
    }

    @Override
    public void ask(String session, EapTurn turn, Consumer<EapTurn.Outcome> answer) {
        switch (turn) {
            case EapTurn.Begin(PeerIdentity claimed, var question, Endpoint careOf, String connection) -> {
                AaaConversation conversation = backend.open(new AaaOpening(
                        session,
                        claimed(claimed),
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
        accept.remark()
                .ifPresent(remark -> LOG.atWarn()
                        .addKeyValue("event", "aaa.remark")
                        .addKeyValue("session", session)
                        .addKeyValue("why", remark)
                        .log());
        AaaGrant grant = accept.grant();
        grants.put(session, new Grants.Granted(grant, accept.method(), Grants.Proof.BY_AAA, connection));
        ServiceDecision decision = service.decide(ServiceSubject.of(grant, accept.method(), Optional.of(connection)));
        LOG.atInfo()
                .addKeyValue("event", "service.decided")
                .addKeyValue("session", session)
                .addKeyValue("identity", grant.identity())
                .addKeyValue("by", grant.profile().route())
                .addKeyValue("decision", decision.audit())
                .addKeyValue("why", decision.why())
                .log();
        return new EapTurn.Outcome.Accepted(
                accept.packet(),
                accept.msk(),
                new Authorization(
                        grant.identity(),
                        grant.sessionTimeout(),
                        grant.addresses(),
                        grant.pools(),
                        grant.groups(),
                        decision.refusal()),
                accept.method());
    }

    private static IdentityQuestion question(EapTurn.IdentityQuestion question) {
        return switch (question) {
            case ASK -> IdentityQuestion.ASK;
            case SKIP -> IdentityQuestion.SKIP;
        };
    }

    /** A NAI without realm comes as ID_KEY_ID (RFC 7296 section 3.5), and so does much else. */
    private static ClaimedIdentity claimed(PeerIdentity identity) {
        IdType type = identity.type();
        boolean isText = Octets.utf8(identity.data().utf8()).equals(identity.data());
        if (type.equals(IdType.RFC822_ADDR) || (type.equals(IdType.KEY_ID) && isText)) {
            return new ClaimedIdentity(ClaimedIdentity.Kind.NAI, identity.data());
        }
        if (type.equals(IdType.FQDN)) {
            return new ClaimedIdentity(ClaimedIdentity.Kind.FQDN, identity.data());
        }
        return type.equals(IdType.IPV6_ADDR) || type.equals(IdType.IPV4_ADDR)
                ? new ClaimedIdentity(ClaimedIdentity.Kind.ADDRESS, Octets.utf8(identity.toString()))
                : new ClaimedIdentity(ClaimedIdentity.Kind.OPAQUE, identity.data());
    }
}
