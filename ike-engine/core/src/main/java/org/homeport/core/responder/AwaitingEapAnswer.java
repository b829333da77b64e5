package org.homeport.core.responder;

import java.util.ArrayList;
import java.util.List;
import org.homeport.core.auth.EapAccepted;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.auth.MethodStrength;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.session.CallId;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Output;
import org.homeport.core.session.State;
import org.homeport.core.session.TimerId;
import org.homeport.core.session.Turn;
import org.homeport.kit.Octets;

/**
 * Awaits the authenticator, or the AAA server behind it, while the peer's request is open.
 *
 * @param round 0 for the first IKE_AUTH, whose response also says who we are
 */
record AwaitingEapAnswer(Initial initial, RemoteAuth.ByEap eap, OwnProof proof, Inbound request, int round, CallId call)
        implements HalfOpen {
    /** AAA took too long: the peer waits for a word, so it gets one. */
    @Override
    public State timer(Turn turn, TimerId timer) throws FailureException {
        if (!(timer instanceof TimerId.HalfOpen)) {
            return this;
        }
        throw new FailureException(new Failure.BackendUnavailable(
                "EAP: no answer from the AAA before the " + turn.timing().halfOpen()
                        + " were over that an initial exchange may take",
                "RFC 7296 2.21.2"));
    }

    @Override
    public State eap(Turn turn, CallId answered, EapTurn.Outcome outcome) throws FailureException {
        return switch (outcome) {
            case EapTurn.Outcome.Continue(var packet) -> {
                OwnProof settled = settled(packet);
                reply(turn, settled, new Payload.Eap(packet));
                yield new AwaitingEapTurn(initial, eap, settled, round + 1);
            }
            case EapTurn.Outcome.Accepted accepted -> accepted(turn, accepted);
            case EapTurn.Outcome.Rejected rejected -> {
                Failure failure = new Failure.AuthenticationFailed("EAP: " + rejected.reason(), "RFC 7296 2.16");
                if (rejected.packet().isEmpty()) {
                    throw new FailureException(failure);
                }
                // EAP-Failure says it all: no AUTHENTICATION_FAILED beside it (RFC 7296 section 2.21).
                turn.eapOver();
                turn.refused(failure);
                reply(turn, proof, new Payload.Eap(rejected.packet().get()));
                yield turn.endAfterRepeats(failure.why(), Output.Cause.NEVER_ESTABLISHED);
            }
            case EapTurn.Outcome.Unavailable unavailable ->
                throw new FailureException(
                        new Failure.BackendUnavailable("EAP: " + unavailable.reason(), "RFC 3579 2.3"));
        };
    }

    private State accepted(Turn turn, EapTurn.Outcome.Accepted accepted) throws FailureException {
        turn.eapOver();
        if (accepted.msk().isEmpty() && eap.withoutMsk() == RemoteAuth.WithoutMsk.REFUSE) {
            throw new FailureException(new Failure.NotAuthorized(
                    "EAP-" + accepted.method() + " makes no MSK, and this connection refuses such methods",
                    "RFC 7296 2.16"));
        }
        if (accepted.packet().isEmpty()) {
            throw new FailureException(new Failure.BackendUnavailable(
                    "EAP was accepted without an EAP-Success to pass on", "RFC 3579 2.6.3"));
        }
        EapAccepted evidence = switch (proof) {
            case CREDENTIAL -> EapAccepted.of(accepted);
            case EAP_ALONE -> EapAccepted.alone(accepted);
        };
        turn.info(
                "eap.accepted",
                "identity",
                accepted.authorization().identity(),
                "method",
                accepted.method(),
                "rounds",
                String.valueOf(round));
        reply(turn, proof, new Payload.Eap(accepted.packet().get()));
        return new AwaitingFinalAuth(initial, evidence);
    }

    /**
     * A responder may not "wish to use" what it was offered (RFC 5998 section 3): with a method that is not good enough
     * the peer would have to give up. What is still to come after a question for the identity may be such a method.
     */
    private OwnProof settled(Octets packet) {
        boolean strong = MethodStrength.asked(packet)
                .filter(strength -> strength == MethodStrength.STANDS_ALONE)
                .isPresent();
        return round == 0 && !strong && eap.only() == RemoteAuth.EapOnly.ALLOW ? OwnProof.CREDENTIAL : proof;
    }

    private void reply(Turn turn, OwnProof settled, Payload.Eap packet) throws FailureException {
        List<Payload> payloads = new ArrayList<>();
        if (round == 0) {
            switch (settled) {
                case CREDENTIAL -> payloads.addAll(initial.ownAuth(turn));
                case EAP_ALONE -> payloads.add(initial.idr());
            }
        }
        payloads.add(packet);
        turn.reply(request, payloads);
    }
}
