package org.homeport.core.initiator;

import org.homeport.core.session.Event;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Output;
import org.homeport.core.session.Phase;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;

/** What all states before the last IKE_AUTH response have in common. */
sealed interface Outbound extends State
        permits Idle,
                AwaitingInitResponse,
                AwaitingFirstAuthResponse,
                AwaitingEapPeer,
                AwaitingEapResponse,
                AwaitingFinalAuthResponse,
                AwaitingOwnSa {
    @Override
    default Phase phase() {
        return Phase.INITIAL;
    }

    /** A responder that is done may ask before we know: its request has overtaken its last response. */
    @Override
    default State request(Turn turn, Inbound request) {
        turn.notYet(request);
        return this;
    }

    @Override
    default State unanswered(Turn turn) {
        turn.warn("ike.failed", "why", "no answer from " + turn.path().remote());
        return turn.end("no answer from " + turn.path().remote(), Output.Cause.NEVER_ESTABLISHED);
    }

    @Override
    default State command(Turn turn, Event.Command command) {
        return switch (command) {
            case Event.Command.Close close -> turn.end(close.reason(), Output.Cause.NEVER_ESTABLISHED);
            case Event.Command.Shutdown shutdown -> turn.end("shutdown", Output.Cause.NEVER_ESTABLISHED);
            case Event.Command.Start c -> this;
            case Event.Command.Authorize c -> this;
            case Event.Command.RekeyIke c -> this;
            case Event.Command.RekeyChild c -> this;
            case Event.Command.DeleteChild c -> this;
            case Event.Command.CreateChild c -> this;
            case Event.Command.Probe c -> this;
        };
    }
}
