package org.homeport.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.kit.IpAddress;

/** Takes leases over from another store into one that no engine has open: all of them or none. */
public final class LeaseImport {
    private final Pools pools;
    private final Duration rest;

    /** @param rest how long a released address stays its former owner's */
    public LeaseImport(Pools pools, Duration rest) {
        this.pools = pools;
        this.rest = rest;
    }

    /**
     * What became of it.
     *
     * @param written now in the store
     * @param unchanged as new there already, or newer
     * @param problems a sentence each, by line; if there is one nothing was written
     */
    public record Result(List<StoredLease> written, int unchanged, List<String> problems) {}

    /** Checks everything, then writes; blocks. */
    public Result into(LeaseStore store, List<ImportedLease> leases, Instant now) throws StoreUnavailableException {
        Result result = store.write(table -> into(table, leases, now));
        result.written().forEach(LeaseAudit::imported);
        return result;
    }

    private Result into(LeaseTable table, List<ImportedLease> leases, Instant now) throws StoreUnavailableException {
        List<String> problems = new ArrayList<>();
        List<ImportedLease> news = new ArrayList<>();
        Map<IpAddress, Integer> lines = new HashMap<>();
        for (ImportedLease lease : leases) {
            Integer earlier = lines.putIfAbsent(lease.address(), lease.line());
            Optional<StoredLease> there = table.at(lease.address());
            Optional<String> problem = earlier == null
                    ? problem(lease, there, now)
                    : Optional.of("address " + lease.address() + " stands in line " + earlier
                            + " already: expected each address once");
            problem.ifPresent(sentence -> problems.add("line " + lease.line() + ": " + sentence));
            if (there.filter(stored -> isAsNew(stored, lease)).isEmpty()) {
                news.add(lease);
            }
        }
        if (!problems.isEmpty()) {
            return new Result(List.of(), 0, problems);
        }
        List<StoredLease> written = new ArrayList<>();
        for (ImportedLease lease : news) {
            written.add(table.restore(lease, now));
        }
        return new Result(written, leases.size() - news.size(), List.of());
    }

    private Optional<String> problem(ImportedLease lease, Optional<StoredLease> there, Instant now) {
        if (pools.home(lease.address(), List.of()).isEmpty()) {
            return Optional.of("address " + lease.address() + ": expected a node's address in the prefix of a pool: "
                    + pools.all().stream()
                            .map(pool -> pool.name() + " " + pool.prefix())
                            .toList());
        }
        if (pools.isKeptFrom(lease.address(), lease.owner())) {
            return Optional.of("identity '" + LeaseAudit.printable(lease.owner()) + "': address " + lease.address()
                    + " is reserved, expected the identity that the configuration reserves it for");
        }
        if (lease.changedAt().isAfter(now)) {
            return Optional.of("time " + lease.changedAt() + " is still to come: expected one not after " + now);
        }
        return there.filter(stored -> !stored.isOwnedBy(lease.owner()))
                .map(stored -> Map.entry(stored, Standing.of(stored, rest, Duration.ZERO, now)))
                .filter(entry -> entry.getValue().name() != Standing.Name.EXPIRED)
                .map(entry -> "identity '" + LeaseAudit.printable(lease.owner()) + "': in the store address "
                        + lease.address() + " is "
                        + (entry.getKey().isHeld() ? "held by '" : "resting for '")
                        + LeaseAudit.printable(entry.getKey().owner()) + "' since "
                        + entry.getValue().since() + ": expected that identity, or an address that is nobody's");
    }

    private static boolean isAsNew(StoredLease stored, ImportedLease lease) {
        return stored.isOwnedBy(lease.owner())
                && !stored.releasedAt().orElse(stored.grantedAt()).isBefore(lease.changedAt());
    }
}
