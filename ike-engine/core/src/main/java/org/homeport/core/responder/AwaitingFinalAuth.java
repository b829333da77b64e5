package org.homeport.core.responder;

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

/** EAP succeeded: awaits the AUTH that binds it to this IKE SA (RFC 7296 section 2.16). */
record AwaitingFinalAuth(Initial initial, EapAccepted accepted) implements HalfOpen {
    @Override
    public State auth(Turn turn, Inbound request) throws FailureException {
        Payload.Authentication auth = request.first(Payload.Authentication.class)
                .orElseThrow(() -> new FailureException(
                        new Failure.PeerMisbehaved("IKE_AUTH without AUTH after EAP-Success", "RFC 7296 2.16")));
        InitResult init = initial.init();
        PeerProved proved = PeerProved.byEap(
                turn.env().crypto(),
                init.sa().suite().prf(),
                accepted,
                init.peerSkP(),
                initial.idi(),
                auth,
                init.peerSignedOctets(turn.env().crypto(), initial.idi()));
        turn.identity(proved.authorization().identity());
        return Admission.of(
                turn, initial, proved, request, Optional.of(accepted.msk().orElse(init.ownSkP())));
    }
}
