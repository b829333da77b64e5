package org.homeport.core.initiator;

import java.util.Optional;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;

/** Awaits the authenticator's next EAP message; success and failure are the EAP peer's to believe. */
record AwaitingEapResponse(FirstAuth first, ResponderProof responder, Payload.Identification idr) implements Outbound {
    @Override
    public State response(Turn turn, Inbound response) throws FailureException {
        Optional<State> refusal = Final.refusal(turn, response);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Payload.Eap packet = response.first(Payload.Eap.class)
                .orElseThrow(() -> new FailureException(
                        new Failure.PeerMisbehaved("IKE_AUTH response without EAP", "RFC 7296 2.16")));
        responder.check(packet.message());
        return new AwaitingEapPeer(first, responder, idr, turn.askEap(new EapTurn.Message(packet.message())));
    }
}
