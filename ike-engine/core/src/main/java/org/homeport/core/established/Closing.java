package org.homeport.core.established;

import java.util.List;
import java.util.Optional;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Event;
import org.homeport.core.session.IkeSa;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Output;
import org.homeport.core.session.Phase;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;

/**
 * We end it: SAs and leases are gone already, the peer is told by a Delete (RFC 7296 section 1.4.1).
 *
 * @param step an exchange under way ends first: the window has room for one, and the IKE SA may be rekeyed by it
 */
record Closing(Step step, String reason, Output.Cause cause) implements State {
    sealed interface Step {
        /** @param from whose exchange is under way */
        record AwaitingWindow(Established from) implements Step {}

        record AwaitingResponse() implements Step {}
    }

    static State begin(Turn turn, Established from, String reason, Output.Cause cause) {
        turn.info("ike.closing", "why", reason);
        turn.giveBack();
        return tell(turn, from, reason, cause);
    }

    static State beginKeepingLeases(Turn turn, Established from) {
        turn.info("ike.closing", "why", "shutdown");
        turn.giveBackKeepingLeases();
        return tell(turn, from, "shutdown", Output.Cause.SHUTDOWN);
    }

    private static State tell(Turn turn, Established from, String reason, Output.Cause cause) {
        from.installing()
                .ifPresent(waiting ->
                        turn.reply(waiting.request(), List.of(Payload.Notify.of(NotifyType.TEMPORARY_FAILURE))));
        boolean busy = from.ike().isAwaitingResponse()
                || from.retiring().filter(IkeSa::isAwaitingResponse).isPresent();
        return busy
                ? new Closing(new Step.AwaitingWindow(from), reason, cause)
                : delete(turn, from.ike(), reason, cause);
    }

    private static State delete(Turn turn, IkeSa ike, String reason, Output.Cause cause) {
        turn.request(ike, ExchangeType.INFORMATIONAL, List.of(new Payload.Delete(ProtocolId.IKE, List.of())));
        return new Closing(new Step.AwaitingResponse(), reason, cause);
    }

    @Override
    public Optional<Output.Cause> ending() {
        return Optional.of(cause);
    }

    @Override
    public Phase phase() {
        return Phase.ESTABLISHED;
    }

    @Override
    public State response(Turn turn, Inbound response) throws FailureException {
        return switch (step) {
            case Step.AwaitingWindow(Established from) ->
                delete(turn, OwnRequests.ikeAfter(from, turn, response), reason, cause);
            case Step.AwaitingResponse s -> turn.end(reason, cause);
        };
    }

    @Override
    public State request(Turn turn, Inbound request) throws FailureException {
        if (!request.exchange().equals(ExchangeType.INFORMATIONAL)) {
            throw new FailureException(Failure.PeerIncompatible.of(
                    NotifyType.TEMPORARY_FAILURE, "the IKE SA is being deleted", "RFC 7296 2.25"));
        }
        turn.reply(request, List.of());
        return request.all(Payload.Delete.class).stream()
                        .anyMatch(d -> d.protocol().equals(ProtocolId.IKE))
                ? turn.endAfterRepeats(reason, cause)
                : this;
    }

    @Override
    public State unanswered(Turn turn) {
        return turn.end(reason, cause);
    }

    @Override
    public State command(Turn turn, Event.Command command) {
        return this;
    }
}
