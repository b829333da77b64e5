package org.homeport.lease;

/** What became of a claim. */
public sealed interface ClaimResult {
    /** The identity holds the address. */
    record Claimed(StoredLease lease, Change change) implements ClaimResult {}

    /** The address is somebody else's by now: plan again. */
    record Lost() implements ClaimResult {}

    enum Change {
        /** Given out for the first time. */
        NEW,
        /** Its owner had released it. */
        RETURNED,
        /** Its owner holds it in another session, also one of an earlier run. */
        TAKEN_OVER,
        /** The same session holds it already. */
        REPEATED,
        /** Somebody else had released it. */
        REASSIGNED
    }
}
