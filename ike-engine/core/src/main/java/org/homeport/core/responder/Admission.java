package org.homeport.core.responder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.core.address.LeaseRequest;
import org.homeport.core.address.LeaseRequest.Wanted;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.PeerProved;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SaPlan;
import org.homeport.core.established.Child;
import org.homeport.core.established.Established;
import org.homeport.core.exchange.Addresses;
import org.homeport.core.exchange.Association;
import org.homeport.core.exchange.AuthLifetime;
import org.homeport.core.exchange.ChildNegotiation;
import org.homeport.core.exchange.ChildTerms;
import org.homeport.core.exchange.InitResult;
import org.homeport.core.exchange.SaPlans;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.CpType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Output;
import org.homeport.core.session.Role;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;
import org.homeport.kit.Secret;

/**
 * The peer has proved who it is: what it gets. First the home addresses, then the first CHILD_SA, then the last IKE_AUTH
 * response that tells it all.
 *
 * @param request the open one
 * @param afterEap the key of our last AUTH; empty if we still have to say who we are
 */
record Admission(Initial initial, PeerProved proved, Inbound request, Optional<Secret> afterEap) {
    static State of(Turn turn, Initial initial, PeerProved proved, Inbound request, Optional<Secret> afterEap)
            throws FailureException {
        turn.info(
                "auth.proved",
                "identity",
                proved.authorization().identity(),
                "by",
                proved.how(),
                "connection",
                initial.connection().name());
        Optional<String> refusal = refusal(proved.authorization());
        return refusal.isPresent()
                ? refuse(turn, proved, request, refusal.get())
                : new Admission(initial, proved, request, afterEap).addresses(turn);
    }

    /** What stands against serving a peer that is who it says. */
    private static Optional<String> refusal(Authorization authorization) {
        return authorization
                .refusal()
                .or(() -> authorization
                        .sessionTimeout()
                        .filter(timeout -> AuthLifetime.of(timeout).seconds() == 0)
                        .map(zero -> "authorized for a session of no time"));
    }

    /**
     * The peer has proved who it is, and may not have the service: "the notification is returned in the protected
     * response, and is usually the only payload in that response" (RFC 7296 section 2.21.2).
     */
    private static State refuse(Turn turn, PeerProved proved, Inbound request, String why) {
        turn.warn(
                "service.refused",
                "peer",
                proved.authorization().identity(),
                "from",
                turn.path().remote().toString(),
                "kind",
                Failure.NotAuthorized.class.getSimpleName(),
                "code",
                "SERVICE_NOT_AUTHORIZED",
                "why",
                why,
                "rfc",
                "RFC 7296 2.21.2");
        turn.reply(request, List.of(Payload.Notify.of(NotifyType.AUTHENTICATION_FAILED)));
        return turn.endAfterRepeats("service refused: " + why, Output.Cause.NEVER_ESTABLISHED);
    }

    private State addresses(Turn turn) throws FailureException {
        List<Wanted> wanted = initial.first()
                .first(Payload.Configuration.class)
                .filter(cp -> cp.cpType().equals(CpType.CFG_REQUEST))
                .map(Addresses::wanted)
                .orElse(List.of());
        if (wanted.isEmpty() || initial.connection().pools().isEmpty()) {
            return child(turn, Addresses.Assigned.NOTHING);
        }
        return new AwaitingLease(
                this,
                turn.askLease(new LeaseRequest(
                        proved.identity(),
                        proved.authorization(),
                        wanted,
                        initial.connection().pools(),
                        turn.path().remote(),
                        turn.session())));
    }

    State child(Turn turn, Addresses.Assigned home) throws FailureException {
        if (initial.first().first(Payload.SecurityAssociation.class).isEmpty()) {
            return finish(turn, home, Optional.empty(), List.of());
        }
        ChildTerms terms;
        try {
            terms = ChildNegotiation.respond(
                    turn.env().crypto(),
                    initial.connection().children(),
                    new ChildNegotiation.Ends(
                            turn.path().local().address(), turn.path().remote().address(), List.of(), home.list()),
                    initial.first(),
                    ChildNegotiation.Exchange.IKE_AUTH);
        } catch (FailureException e) {
            return switch (e.failure()) {
                // The IKE SA stands without the child (RFC 7296 section 2.21.2).
                case Failure.PeerIncompatible refusal -> withoutChild(turn, home, refusal);
                case Failure other -> throw e;
            };
        }
        InitResult init = initial.init();
        int spi = turn.newEspSpi();
        SaPlan plan = SaPlans.make(
                turn,
                init.sa(),
                Role.RESPONDER,
                terms,
                spi,
                terms.policy().reqid() != 0
                        ? terms.policy().reqid()
                        : turn.env().reqids().next(),
                Optional.empty(),
                init.ni(),
                init.nr(),
                init.nat());
        return new AwaitingFirstSa(this, home, terms, plan, turn.install(plan, Optional.empty()));
    }

    State withoutChild(Turn turn, Addresses.Assigned home, Failure.PeerIncompatible refusal) throws FailureException {
        turn.refused(refusal);
        return finish(turn, home, Optional.empty(), List.of(refusal.notification()));
    }

    /** The last IKE_AUTH response; CP comes before SA (RFC 7296 section 2.19). */
    State finish(Turn turn, Addresses.Assigned home, Optional<Made> made, List<Payload> notifies)
            throws FailureException {
        List<Payload> answer = new ArrayList<>();
        if (afterEap.isPresent()) {
            answer.add(initial.authAfterEap(turn, afterEap.get()));
        } else {
            answer.addAll(initial.ownAuth(turn));
        }
        if (!home.addresses().isEmpty()) {
            answer.add(Addresses.reply(home));
        }
        made.ifPresent(m -> {
            answer.add(new Payload.SecurityAssociation(
                    List.of(m.terms().answer(m.plan().inbound().spi()))));
            answer.add(new Payload.TrafficSelectors(PayloadType.TSI, m.terms().remote()));
            answer.add(new Payload.TrafficSelectors(PayloadType.TSR, m.terms().local()));
            if (m.terms().mode() == SaMode.TRANSPORT) {
                answer.add(Payload.Notify.of(NotifyType.USE_TRANSPORT_MODE));
            }
        });
        Optional<AuthLifetime> lifetime =
                proved.authorization().sessionTimeout().map(AuthLifetime::of);
        lifetime.map(AuthLifetime::notification).ifPresent(answer::add);
        answer.addAll(notifies);
        turn.reply(request, answer);
        if (initial.first().has(NotifyType.INITIAL_CONTACT)) {
            turn.output(new Output.CloseOthers(proved.authorization().identity()));
        }
        return Established.begin(
                turn,
                new Association(
                        Role.RESPONDER,
                        initial.connection(),
                        proved,
                        initial.init().nat(),
                        home),
                initial.init().sa(),
                made.map(m -> new Child(m.plan(), m.terms().policy())),
                lifetime.map(l -> l.until(turn.now())));
    }

    /** A child that is in the kernel. */
    record Made(ChildTerms terms, SaPlan plan) {}
}
