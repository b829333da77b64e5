package org.homeport.core.responder;

import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.exchange.Addresses;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.session.CallId;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;

/** Awaits the home addresses of a peer that has proved who it is. */
record AwaitingLease(Admission admission, CallId call) implements HalfOpen {
    @Override
    public State lease(Turn turn, CallId answered, LeaseOutcome outcome) throws FailureException {
        return switch (outcome) {
            case LeaseOutcome.Granted granted -> admission.child(turn, Addresses.granted(granted.leases()));
            case LeaseOutcome.None none -> none(turn, none.reason());
            case LeaseOutcome.Unavailable unavailable -> none(turn, unavailable.reason());
        };
    }

    /** No address, no child; the IKE SA stands, and the peer may ask again (RFC 7296 section 3.15.4). */
    private State none(Turn turn, String reason) throws FailureException {
        return admission.withoutChild(
                turn,
                Addresses.Assigned.NOTHING,
                Failure.PeerIncompatible.of(NotifyType.INTERNAL_ADDRESS_FAILURE, reason, "RFC 7296 3.15.4"));
    }
}
