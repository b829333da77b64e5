package org.homeport.core.initiator;

import java.util.List;
import org.homeport.core.auth.EapAccepted;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.session.CallId;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;
import org.homeport.kit.Secret;

/** Awaits our own EAP peer, which reads what the authenticator sent. */
record AwaitingEapPeer(FirstAuth first, ResponderProof responder, Payload.Identification idr, CallId call)
        implements Outbound {
    @Override
    public State eap(Turn turn, CallId answered, EapTurn.Outcome outcome) throws FailureException {
        return switch (outcome) {
            case EapTurn.Outcome.Continue(var packet) -> {
                turn.request(first.init().sa(), ExchangeType.IKE_AUTH, List.of(new Payload.Eap(packet)));
                yield new AwaitingEapResponse(first, responder, idr);
            }
            case EapTurn.Outcome.Accepted accepted -> {
                turn.eapOver();
                if (accepted.msk().isEmpty() && !isTakenWithoutMsk()) {
                    throw new FailureException(new Failure.AuthenticationFailed(
                            "EAP-" + accepted.method() + " makes no MSK, and we refuse such methods", "RFC 7296 2.16"));
                }
                EapAccepted evidence = responder.evidence(accepted);
                Secret key = evidence.msk().orElse(first.init().ownSkP());
                turn.request(first.init().sa(), ExchangeType.IKE_AUTH, List.of(first.sharedKeyAuth(turn, key)));
                yield new AwaitingFinalAuthResponse(first, responder, evidence, idr);
            }
            case EapTurn.Outcome.Rejected rejected ->
                throw new FailureException(
                        new Failure.AuthenticationFailed("EAP: " + rejected.reason(), "RFC 7296 2.16"));
            case EapTurn.Outcome.Unavailable unavailable ->
                throw new FailureException(
                        new Failure.BackendUnavailable("EAP: " + unavailable.reason(), "RFC 7296 2.16"));
        };
    }

    private boolean isTakenWithoutMsk() {
        return first.policy().connection().localAuth() instanceof LocalAuth.ByEap own
                && own.withoutMsk() == RemoteAuth.WithoutMsk.ALLOW;
    }
}
