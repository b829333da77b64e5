package org.homeport.core.responder;

import org.homeport.core.auth.EapTurn;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;

/** Awaits the peer's next EAP message. @param round 1.. */
record AwaitingEapTurn(Initial initial, RemoteAuth.ByEap eap, OwnProof proof, int round) implements HalfOpen {
    /** Far beyond what TLS with a long chain in small fragments takes; RFC 7296 section 2.16 asks for ten. */
    private static final int MAX_ROUNDS = 100;

    @Override
    public State auth(Turn turn, Inbound request) throws FailureException {
        Payload.Eap packet = request.first(Payload.Eap.class)
                .orElseThrow(() -> new FailureException(
                        new Failure.PeerMisbehaved("IKE_AUTH without EAP before EAP was over", "RFC 7296 2.16")));
        if (round >= MAX_ROUNDS) {
            throw new FailureException(
                    new Failure.AuthenticationFailed("EAP took more than " + MAX_ROUNDS + " rounds", "RFC 7296 2.16"));
        }
        return new AwaitingEapAnswer(
                initial, eap, proof, request, round, turn.askEap(new EapTurn.Message(packet.message())));
    }
}
