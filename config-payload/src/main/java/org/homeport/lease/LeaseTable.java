package org.homeport.lease;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store within one transaction. Every change is written to the history too. */
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
     * @param by for the history
     * @return the lease as it is now; empty if it was released before, or a later claim is in force
     */
    Optional<StoredLease> release(LeaseId id, Authority by, Instant now) throws StoreUnavailableException;

    /**
     * Releases this engine's leases left over from an earlier run.
     *
     * @param until those that are left over since then or longer
     */
    List<StoredLease> releaseLeftOver(Instant until, Instant now) throws StoreUnavailableException;

    /**
     * Takes a released lease from its former owner: the address is as if it had never been given out.
     *
     * @param by for the history
     * @return the lease as it was; empty if this claim is held, or not in force
     */
    Optional<StoredLease> end(LeaseId id, Authority by, Instant now) throws StoreUnavailableException;

    /**
     * Writes a lease as it was elsewhere, over what is there; one that is held is left over, as if from an earlier run.
     * Whether it may be written is the caller's to know.
     */
    StoredLease restore(ImportedLease lease, Instant now) throws StoreUnavailableException;

    /**
     * Shortens the history, oldest entries first. What {@link #holdersAt} tells of times from {@code until} on stays.
     *
     * @param most entries that go at once
     * @return how many went
     */
    int forget(Instant until, int most) throws StoreUnavailableException;
}
