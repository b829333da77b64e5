package org.homeport.lease;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.homeport.core.address.Lease;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.address.LeaseRequest;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.core.address.LeaseRequest.Wanted;
import org.homeport.kit.IpAddress;

/** What a session wants of the store: done inside a transaction, told after it. */
sealed interface LeaseWork {
    /** Does the work. @return what to do once the transaction is on stable storage */
    Runnable apply(LeaseTable table, Instant now) throws StoreUnavailableException;

    record Claiming(LeaseRequest request, LeasePlanner planner, Consumer<LeaseOutcome> answer) implements LeaseWork {
        /** With an isolated store no race is ever lost; with another one, each round somebody else got further. */
        private static final int ROUNDS = 16;

        @Override
        public Runnable apply(LeaseTable table, Instant now) throws StoreUnavailableException {
            List<Lease> leases = new ArrayList<>();
            List<Runnable> audits = new ArrayList<>();
            List<String> refusals = new ArrayList<>();
            List<Family> families =
                    request.wanted().stream().map(Wanted::family).distinct().toList();
            for (Family family : families) {
                claim(family, table, now, leases, audits, refusals);
            }
            LeaseOutcome outcome = leases.isEmpty()
                    ? new LeaseOutcome.None(
                            refusals.isEmpty() ? "no address was asked for" : String.join("; ", refusals))
                    : new LeaseOutcome.Granted(leases);
            refusals.forEach(refusal -> audits.add(() -> LeaseAudit.refused(request, refusal)));
            return () -> {
                audits.forEach(Runnable::run);
                answer.accept(outcome);
            };
        }

        private void claim(
                Family family,
                LeaseTable table,
                Instant now,
                List<Lease> leases,
                List<Runnable> audits,
                List<String> refusals)
                throws StoreUnavailableException {
            for (int round = 0; round < ROUNDS; round++) {
                switch (planner.plan(request, family, table, now)) {
                    case Plan.Nothing(String reason) -> {
                        refusals.add(reason);
                        return;
                    }
                    case Plan.Take take -> {
                        Optional<StoredLease> before = table.at(take.address());
                        if (table.claim(claim(take), now)
                                instanceof ClaimResult.Claimed(StoredLease stored, ClaimResult.Change change)) {
                            leases.add(lease(stored, take));
                            audits.add(() -> LeaseAudit.claimed(stored, change, take.basis(), before, request));
                            return;
                        }
                    }
                }
            }
            refusals.add("others were faster " + ROUNDS + " times in a row for every "
                    + family.name().toLowerCase(Locale.ROOT) + " address planned");
        }

        private Claim claim(Plan.Take take) {
            return new Claim(
                    take.address(),
                    take.pool().prefix(),
                    take.pool().name(),
                    request.authorization().identity(),
                    request.session(),
                    request.careOf(),
                    LeaseAudit.authority(take.basis()),
                    take.displaces());
        }

        private static Lease lease(StoredLease stored, Plan.Take take) {
            return new Lease(
                    stored.id().toString(),
                    stored.address(),
                    stored.prefix(),
                    take.pool().dns(),
                    stored.pool());
        }
    }

    record Releasing(LeaseId id) implements LeaseWork {
        @Override
        public Runnable apply(LeaseTable table, Instant now) throws StoreUnavailableException {
            return table.release(id, Authority.SESSION, now)
                    .<Runnable>map(lease ->
                            () -> LeaseAudit.released(lease, Authority.SESSION, LeaseAudit.Cause.SESSION_ENDED))
                    .orElse(() -> {});
        }
    }

    /**
     * The grace of an earlier run's leases is over.
     *
     * @param until those left over since then or longer
     */
    record Reclaiming(Instant until) implements LeaseWork {
        @Override
        public Runnable apply(LeaseTable table, Instant now) throws StoreUnavailableException {
            List<StoredLease> released = table.releaseLeftOver(until, now);
            return () -> released.forEach(
                    lease -> LeaseAudit.released(lease, Authority.POOL, LeaseAudit.Cause.OWNER_DID_NOT_RETURN));
        }
    }

    /** An operator wants a lease to be nobody's, this very claim. */
    record Ending(IpAddress address, LeaseId id, CompletableFuture<EndOutcome> answer) implements LeaseWork {
        @Override
        public Runnable apply(LeaseTable table, Instant now) throws StoreUnavailableException {
            Optional<StoredLease> there = table.at(address);
            if (there.filter(lease -> lease.id().equals(id)).isEmpty()) {
                return () -> answer.complete(new EndOutcome.Changed(there));
            }
            StoredLease lease = there.get();
            if (lease.isHeld() && lease.leftOverSince().isEmpty()) {
                return () -> answer.complete(new EndOutcome.Held(lease));
            }
            Runnable audit = LeaseEnding.end(table, lease, now);
            return () -> {
                audit.run();
                answer.complete(new EndOutcome.Ended(lease));
            };
        }
    }

    /** The history is older than it is to be. */
    record Forgetting(Instant until) implements LeaseWork {
        /** In one transaction, with claims waiting behind it. */
        static final int MOST = 5_000;

        @Override
        public Runnable apply(LeaseTable table, Instant now) throws StoreUnavailableException {
            table.forget(until, MOST);
            return () -> {};
        }
    }
}
