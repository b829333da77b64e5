package org.homeport.lease.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.lease.Claim;
import org.homeport.lease.ClaimResult;
import org.homeport.lease.ClaimResult.Change;
import org.homeport.lease.LeaseId;
import org.homeport.lease.LeaseTable;
import org.homeport.lease.StoreUnavailableException;
import org.homeport.lease.StoredLease;
import org.sqlite.SQLiteErrorCode;

/** Changes leases within a transaction that somebody else opens and ends. */
final class SqliteLeaseTable extends SqliteLeaseView implements LeaseTable {
    private final String engine;

    SqliteLeaseTable(Connection connection, SqliteFailures failures, String engine) {
        super(connection, failures);
        this.engine = engine;
    }

    @Override
    public ClaimResult claim(Claim claim, Instant now) throws StoreUnavailableException {
        Optional<StoredLease> there = at(claim.address());
        if (there.isEmpty()) {
            return inserted(claim, now) ? claimed(claim, Change.NEW) : new ClaimResult.Lost();
        }
        StoredLease lease = there.get();
        Change change;
        if (lease.isOwnedBy(claim.owner())) {
            change = changeForOwner(lease, claim);
        } else if (!lease.isHeld() && claim.displaces().equals(Optional.of(lease.id()))) {
            change = Change.REASSIGNED;
        } else {
            return new ClaimResult.Lost();
        }
        return updated(lease, claim, change, now) ? claimed(claim, change) : new ClaimResult.Lost();
    }

    private Change changeForOwner(StoredLease lease, Claim claim) {
        if (!lease.isHeld()) {
            return Change.RETURNED;
        }
        return lease.session().equals(claim.session())
                        && lease.engine().equals(engine)
                        && lease.leftOverSince().isEmpty()
                ? Change.REPEATED
                : Change.TAKEN_OVER;
    }

    private ClaimResult claimed(Claim claim, Change change) throws StoreUnavailableException {
        return new ClaimResult.Claimed(at(claim.address()).orElseThrow(), change);
    }

    private boolean inserted(Claim claim, Instant now) throws StoreUnavailableException {
        try {
            return update(
                            "INSERT INTO lease (family, address, prefix_length, pool, owner, claim, session, care_of,"
                                    + " care_of_port, engine, state, granted_at)"
                                    + " VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, 'HELD', ?)",
                            family(claim.address()),
                            bytes(claim.address()),
                            claim.prefix().length(),
                            claim.pool(),
                            claim.owner(),
                            claim.session(),
                            bytes(claim.careOf().address()),
                            claim.careOf().port(),
                            engine,
                            now.toEpochMilli())
                    == 1;
        } catch (SQLException e) {
            if (SqliteFailures.code(e) == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE) {
                return false;
            }
            throw failures.explain(e);
        }
    }

    private boolean updated(StoredLease lease, Claim claim, Change change, Instant now)
            throws StoreUnavailableException {
        try {
            return update(
                            "UPDATE lease SET prefix_length = ?, pool = ?, owner = ?, claim = ?, session = ?,"
                                    + " care_of = ?, care_of_port = ?, engine = ?, state = 'HELD', granted_at = ?,"
                                    + " released_at = NULL, left_over_since = NULL WHERE id = ? AND claim = ?",
                            claim.prefix().length(),
                            claim.pool(),
                            claim.owner(),
                            change == Change.REPEATED
                                    ? lease.id().claim()
                                    : lease.id().claim() + 1,
                            claim.session(),
                            bytes(claim.careOf().address()),
                            claim.careOf().port(),
                            engine,
                            (change == Change.REPEATED ? lease.grantedAt() : now).toEpochMilli(),
                            lease.id().lease(),
                            lease.id().claim())
                    == 1;
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    @Override
    public Optional<StoredLease> release(LeaseId id, Instant now) throws StoreUnavailableException {
        try {
            int released = update(
                    "UPDATE lease SET state = 'RELEASED', released_at = ?, left_over_since = NULL"
                            + " WHERE id = ? AND claim = ? AND state = 'HELD'",
                    now.toEpochMilli(),
                    id.lease(),
                    id.claim());
            return released == 0
                    ? Optional.empty()
                    : leases("WHERE id = ?", id.lease()).stream().findFirst();
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    @Override
    public List<StoredLease> releaseLeftOver(Instant until, Instant now) throws StoreUnavailableException {
        List<StoredLease> released = new ArrayList<>();
        for (StoredLease lease : leases(
                "WHERE engine = ? AND left_over_since IS NOT NULL AND left_over_since <= ?",
                engine,
                until.toEpochMilli())) {
            release(lease.id(), now).ifPresent(released::add);
        }
        return released;
    }

    /** At start-up: what this engine's earlier run held. @return how many */
    int markLeftOver(Instant now) throws StoreUnavailableException {
        try {
            return update(
                    "UPDATE lease SET left_over_since = ? WHERE engine = ? AND state = 'HELD'",
                    now.toEpochMilli(),
                    engine);
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    private int update(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return statement.executeUpdate();
        }
    }
}
