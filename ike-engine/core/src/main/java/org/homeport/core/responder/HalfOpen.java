package org.homeport.core.responder;

import org.homeport.core.session.Event;
import org.homeport.core.session.Phase;
import org.homeport.core.session.State;
import org.homeport.core.session.TimerId;
import org.homeport.core.session.Turn;

/** What all states before the last IKE_AUTH response have in common: they are given up when they take too long. */
sealed interface HalfOpen extends State
        permits AwaitingFirstAuth,
                AwaitingEapAnswer,
                AwaitingEapTurn,
                AwaitingFinalAuth,
                AwaitingLease,
                AwaitingFirstSa {
    @Override
    default Phase phase() {
        return Phase.INITIAL;
    }

    @Override
    default State timer(Turn turn, TimerId timer) {
        if (!(timer instanceof TimerId.HalfOpen)) {
            return this;
        }
        turn.warn("ike.abandoned", "while", getClass().getSimpleName());
        return turn.end(
                "the initial exchanges took longer than " + turn.timing().halfOpen());
    }

    @Override
    default State unanswered(Turn turn) {
        return turn.end("unanswered");
    }

    @Override
    default State command(Turn turn, Event.Command command) {
        return switch (command) {
            case Event.Command.Close close -> turn.end(close.reason());
            case Event.Command.Shutdown shutdown -> turn.endKeepingLeases("shutdown");
            case Event.Command.Start c -> this;
            case Event.Command.RekeyIke c -> this;
            case Event.Command.RekeyChild c -> this;
            case Event.Command.DeleteChild c -> this;
            case Event.Command.CreateChild c -> this;
            case Event.Command.Probe c -> this;
        };
    }
}
