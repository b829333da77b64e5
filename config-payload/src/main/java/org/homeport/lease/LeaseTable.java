package org.homeport.lease;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store within one transaction. */
public interface LeaseTable extends LeaseView {
    /**
     * Takes an address for an identity: one that was never given out, the identity's own, or the one lease of somebody
     * else that the claim says it displaces, if that is still as it was. Nothing else: two identities never hold one
     * address.
     */
    ClaimResult claim(Claim claim, Instant now) throws StoreUnavailableException;

    /**
     * Releases what this very claim holds.
     *
     * @return the lease as it is now; empty if it was released before, or a later claim is in force
     */
    Optional<StoredLease> release(LeaseId id, Instant now) throws StoreUnavailableException;

    /**
     * Releases this engine's leases left over from an earlier run.
     *
     * @param until those that are left over since then or longer
     */
    List<StoredLease> releaseLeftOver(Instant until, Instant now) throws StoreUnavailableException;
}
