package org.homeport.lease;

import java.util.Optional;
import org.homeport.kit.IpAddress;

/** The planner's word for one family. */
public sealed interface Plan {
    /**
     * This address.
     *
     * @param pool of whose prefix the address is
     * @param displaces somebody else's released lease
     */
    record Take(IpAddress address, Pool pool, Basis basis, Optional<LeaseId> displaces) implements Plan {}

    /**
     * No address.
     *
     * @param reason a sentence for the log
     */
    record Nothing(String reason) implements Plan {}

    /** By what right, in order of rank. */
    enum Basis {
        RESERVED,
        ASSIGNED,
        HELD,
        PROPOSED,
        HAD_BEFORE,
        UNUSED,
        LONGEST_RELEASED
    }
}
