package org.homeport.core.initiator;

import java.util.Optional;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.established.Child;
import org.homeport.core.established.Established;
import org.homeport.core.exchange.Association;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.session.CallId;
import org.homeport.core.session.IkeSa;
import org.homeport.core.session.Phase;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;

/** Everything is agreed: awaits our kernel. */
record AwaitingOwnSa(Association association, IkeSa sa, Child child, CallId call) implements Outbound {
    @Override
    public Phase phase() {
        return Phase.ESTABLISHED;
    }

    @Override
    public State sa(Turn turn, CallId answered, SaOutcome outcome) throws FailureException {
        return switch (outcome) {
            case SaOutcome.Installed installed -> Established.begin(turn, association, sa, Optional.of(child));
            case SaOutcome.Failed failed ->
                throw new FailureException(new Failure.BackendUnavailable(
                        "the SA could not be installed: " + failed.reason(), "RFC 7296 2.21.2"));
        };
    }
}
