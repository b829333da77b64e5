package org.homeport.core.responder;

import java.util.List;
import java.util.Optional;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Output;
import org.homeport.core.session.Phase;
import org.homeport.core.session.State;
import org.homeport.core.session.TimerId;
import org.homeport.core.session.Turn;

/** What all states before the last IKE_AUTH response have in common: they are given up when they take too long. */
sealed interface HalfOpen extends State
        permits AwaitingFirstAuth,
                AwaitingAuthorization,
                AwaitingEapAnswer,
                AwaitingEapTurn,
                AwaitingFinalAuth,
                AwaitingLease,
                AwaitingFirstSa {
    @Override
    default Phase phase() {
        return Phase.INITIAL;
    }

    /** The next IKE_AUTH request. */
    default State auth(Turn turn, Inbound request) throws FailureException {
        throw new FailureException(new Failure.PeerMisbehaved(
                request.exchange() + " while " + getClass().getSimpleName(), "RFC 7296 1.2"));
    }

    /**
     * An initiator that does not believe our AUTH, or gives up, says so in an exchange of its own (RFC 7296 section
     * 2.21.2).
     */
    @Override
    default State request(Turn turn, Inbound request) throws FailureException {
        if (request.exchange().equals(ExchangeType.IKE_AUTH)) {
            return auth(turn, request);
        }
        Optional<String> farewell = request.error()
                .map(error -> error.notifyType().toString())
                .or(() -> request.first(Payload.Delete.class)
                        .filter(delete -> delete.protocol().equals(ProtocolId.IKE))
                        .map(delete -> "delete"));
        if (!request.exchange().equals(ExchangeType.INFORMATIONAL) || farewell.isEmpty()) {
            throw new FailureException(
                    new Failure.PeerMisbehaved(request.exchange() + " where IKE_AUTH was due", "RFC 7296 1.2"));
        }
        turn.reply(request, List.of());
        turn.warn("ike.rejected", "by", "peer", "why", farewell.get());
        return turn.endAfterRepeats("rejected by the peer: " + farewell.get(), Output.Cause.NEVER_ESTABLISHED);
    }

    @Override
    default State timer(Turn turn, TimerId timer) throws FailureException {
        if (!(timer instanceof TimerId.HalfOpen)) {
            return this;
        }
        turn.warn("ike.abandoned", "while", getClass().getSimpleName());
        return turn.end(
                "the initial exchanges took longer than " + turn.timing().halfOpen(), Output.Cause.NEVER_ESTABLISHED);
    }

    @Override
    default State unanswered(Turn turn) {
        return turn.end("unanswered", Output.Cause.NEVER_ESTABLISHED);
    }

    @Override
    default State command(Turn turn, Event.Command command) {
        return switch (command) {
            case Event.Command.Close close -> turn.end(close.reason(), Output.Cause.NEVER_ESTABLISHED);
            case Event.Command.Shutdown shutdown -> turn.endKeepingLeases("shutdown", Output.Cause.NEVER_ESTABLISHED);
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
