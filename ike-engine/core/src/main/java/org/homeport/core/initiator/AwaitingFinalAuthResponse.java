package org.homeport.core.initiator;

import java.util.Optional;
import org.homeport.core.auth.EapAccepted;
import org.homeport.core.auth.PeerProved;
import org.homeport.core.exchange.InitResult;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;

/** Awaits the last IKE_AUTH response after EAP: the responder proves that it knows the MSK too. */
record AwaitingFinalAuthResponse(
        FirstAuth first, ResponderProof responder, EapAccepted accepted, Payload.Identification idr)
        implements Outbound {
    @Override
    public State response(Turn turn, Inbound response) throws FailureException {
        Optional<State> refusal = Final.refusal(turn, response);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Payload.Authentication auth = response.first(Payload.Authentication.class)
                .orElseThrow(() -> new FailureException(
                        new Failure.AuthenticationFailed("the last IKE_AUTH response has no AUTH", "RFC 7296 2.16")));
        InitResult init = first.init();
        PeerProved proved = PeerProved.byEap(
                turn.env().crypto(),
                init.sa().suite().prf(),
                accepted,
                init.peerSkP(),
                idr,
                auth,
                init.peerSignedOctets(turn.env().crypto(), idr));
        if (responder instanceof ResponderProof.EapAlone) {
            turn.info("auth.proved", "identity", proved.identity().toString(), "by", proved.how() + " alone");
        }
        return Final.of(turn, first, proved, response);
    }
}
