package org.homeport.core.initiator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.established.Child;
import org.homeport.core.established.Established;
import org.homeport.core.exchange.Association;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.CallId;
import org.homeport.core.session.Event;
import org.homeport.core.session.IkeSa;
import org.homeport.core.session.Phase;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;

/** Everything is agreed: awaits our kernel. */
record AwaitingOwnSa(Association association, IkeSa sa, Child child, Optional<Instant> authorizedUntil, CallId call)
        implements Outbound {
    @Override
    public Phase phase() {
        return Phase.ESTABLISHED;
    }

    @Override
    public State sa(Turn turn, CallId answered, SaOutcome outcome) throws FailureException {
        return switch (outcome) {
            case SaOutcome.Installed installed ->
                Established.begin(turn, association, sa, Optional.of(child), authorizedUntil);
            case SaOutcome.Failed failed ->
                throw new FailureException(new Failure.BackendUnavailable(
                        "the SA could not be installed: " + failed.reason(), "RFC 7296 2.21.2"));
        };
    }

    @Override
    public State command(Turn turn, Event.Command command) {
        if (command instanceof Event.Command.Close || command instanceof Event.Command.Shutdown) {
            // The responder is established: told once, for there is no time to wait.
            turn.request(sa, ExchangeType.INFORMATIONAL, List.of(new Payload.Delete(ProtocolId.IKE, List.of())));
        }
        return Outbound.super.command(turn, command);
    }
}
