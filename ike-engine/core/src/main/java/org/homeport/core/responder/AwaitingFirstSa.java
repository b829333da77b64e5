package org.homeport.core.responder;

import java.util.List;
import java.util.Optional;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.exchange.Addresses;
import org.homeport.core.exchange.ChildTerms;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.session.CallId;
import org.homeport.core.session.Output;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;

/** Awaits the kernel, so that the peer's first packet cannot outrun its SA. */
record AwaitingFirstSa(Admission admission, Addresses.Assigned home, ChildTerms terms, SaPlan plan, CallId call)
        implements HalfOpen {
    @Override
    public State sa(Turn turn, CallId answered, SaOutcome outcome) throws FailureException {
        return switch (outcome) {
            case SaOutcome.Installed installed ->
                admission.finish(turn, home, Optional.of(new Admission.Made(terms, plan)), List.of());
            case SaOutcome.Failed failed -> {
                turn.remove(plan.handle(), Output.RemoveSa.Policies.REMOVE);
                turn.leases().forEach(turn::release);
                yield admission.withoutChild(
                        turn,
                        Addresses.Assigned.NOTHING,
                        Failure.PeerIncompatible.of(
                                NotifyType.TEMPORARY_FAILURE,
                                "the SA could not be installed: " + failed.reason(),
                                "RFC 7296 2.21.2"));
            }
        };
    }
}
