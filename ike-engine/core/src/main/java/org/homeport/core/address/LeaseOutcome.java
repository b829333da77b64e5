package org.homeport.core.address;

import java.util.List;

/** The lease side's answer. */
public sealed interface LeaseOutcome {
    /** @param leases 1..2, at most one per family; written to the store before this was said */
    record Granted(List<Lease> leases) implements LeaseOutcome {
        public Granted {
            leases = List.copyOf(leases);
        }
    }

    /** No requested address can be given: INTERNAL_ADDRESS_FAILURE (RFC 7296 section 3.15.4). @param reason for the log */
    record None(String reason) implements LeaseOutcome {}

    /** The store did not answer: INTERNAL_ADDRESS_FAILURE too, but the operator reads another line. */
    record Unavailable(String reason) implements LeaseOutcome {}
}
