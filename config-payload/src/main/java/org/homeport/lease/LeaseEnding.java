package org.homeport.lease;

import java.time.Instant;
import java.util.Optional;

/** Makes a lease nobody's, at an operator's word. */
public final class LeaseEnding {
    private LeaseEnding() {}

    /**
     * In a store that no engine has open: no session lives, whatever the store says of held leases. Blocks.
     *
     * @param lease as it was seen
     */
    public static EndOutcome end(LeaseStore store, StoredLease lease, Instant now) throws StoreUnavailableException {
        record Done(EndOutcome outcome, Runnable audit) {}
        Done done = store.write(table -> {
            Optional<StoredLease> there = table.at(lease.address());
            return there.filter(stored -> stored.id().equals(lease.id())).isEmpty()
                    ? new Done(new EndOutcome.Changed(there), () -> {})
                    : new Done(new EndOutcome.Ended(there.get()), end(table, there.get(), now));
        });
        done.audit().run();
        return done.outcome();
    }

    /** Whoever holds it. @return tells the audit, once the transaction is on stable storage */
    static Runnable end(LeaseTable table, StoredLease lease, Instant now) throws StoreUnavailableException {
        Optional<StoredLease> released = table.release(lease.id(), Authority.OPERATOR, now);
        Optional<StoredLease> ended = table.end(lease.id(), Authority.OPERATOR, now);
        return () -> {
            released.ifPresent(l -> LeaseAudit.released(l, Authority.OPERATOR, LeaseAudit.Cause.ORDERED));
            ended.ifPresent(l -> LeaseAudit.ended(l, Authority.OPERATOR, LeaseAudit.Cause.ORDERED));
        };
    }
}
