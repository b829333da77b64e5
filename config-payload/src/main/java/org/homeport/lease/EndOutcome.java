package org.homeport.lease;

import java.util.Optional;

/** What became of an operator's order to end a lease. */
public sealed interface EndOutcome {
    /** It is nobody's. @param lease as it was */
    record Ended(StoredLease lease) implements EndOutcome {}

    /** A session holds it: that has to end first. */
    record Held(StoredLease lease) implements EndOutcome {}

    /** Meanwhile it is nobody's already, or was claimed anew. */
    record Changed(Optional<StoredLease> now) implements EndOutcome {}
}
