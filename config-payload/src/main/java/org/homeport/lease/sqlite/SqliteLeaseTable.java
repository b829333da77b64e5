package org.homeport.lease.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.lease.Authority;
import org.homeport.lease.Claim;
import org.homeport.lease.ClaimResult;
import org.homeport.lease.ClaimResult.Change;
import org.homeport.lease.ImportedLease;
import org.homeport.lease.LeaseChange.Kind;
import org.homeport.lease.LeaseId;
import org.homeport.lease.LeaseTable;
import org.homeport.lease.StoreUnavailableException;
import org.homeport.lease.StoredLease;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Changes leases within a transaction that somebody else opens and ends. */
final class SqliteLeaseTable extends SqliteLeaseView implements LeaseTable {
    private static final String NEXT_ID =
            "1 + max((SELECT last_ended FROM lease_numbering), ifnull((SELECT max(id) FROM lease), 0))";

    private final String engine;

    SqliteLeaseTable(Connection connection, SqliteFailures failures, String engine) {
        super(connection, failures);
        this.engine = engine;
    }

    @Override
    public ClaimResult claim(Claim claim, Instant now) throws StoreUnavailableException {
        Optional<StoredLease> there = at(claim.address());
        if (there.isEmpty()) {
            return inserted(claim, now) ? claimed(claim, Change.NEW, now) : new ClaimResult.Lost();
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
        return updated(lease, claim, change, now) ? claimed(claim, change, now) : new ClaimResult.Lost();
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

    private ClaimResult claimed(Claim claim, Change change, Instant now) throws StoreUnavailableException {
        StoredLease lease = at(claim.address()).orElseThrow();
        if (change != Change.REPEATED) {
            history.append(now, Kind.GRANTED, lease, claim.authority());
        }
        return new ClaimResult.Claimed(lease, change);
    }

    private boolean inserted(Claim claim, Instant now) throws StoreUnavailableException {
        try {
            return update(
                            "INSERT INTO lease (id, family, address, prefix_length, pool, owner, claim, session, care_of,"
                                    + " care_of_port, engine, state, granted_at)"
                                    + " VALUES (" + NEXT_ID + ", ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, 'HELD', ?)",
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
    public Optional<StoredLease> release(LeaseId id, Authority by, Instant now) throws StoreUnavailableException {
        try {
            int released = update(
                    "UPDATE lease SET state = 'RELEASED', released_at = ?, left_over_since = NULL"
                            + " WHERE id = ? AND claim = ? AND state = 'HELD'",
                    now.toEpochMilli(),
                    id.lease(),
                    id.claim());
            if (released == 0) {
                return Optional.empty();
            }
            StoredLease lease = leases("WHERE id = ?", id.lease()).getFirst();
            history.append(now, Kind.RELEASED, lease, by);
            return Optional.of(lease);
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
            release(lease.id(), Authority.POOL, now).ifPresent(released::add);
        }
        return released;
    }

    @Override
    public Optional<StoredLease> end(LeaseId id, Authority by, Instant now) throws StoreUnavailableException {
        List<StoredLease> there = leases("WHERE id = ? AND claim = ? AND state = 'RELEASED'", id.lease(), id.claim());
        try {
            for (StoredLease lease : there) {
                update("UPDATE lease_numbering SET last_ended = max(last_ended, ?)", id.lease());
                update("DELETE FROM lease WHERE id = ?", id.lease());
                history.append(now, Kind.ENDED, lease, by);
            }
            return there.stream().findFirst();
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    @Override
    public StoredLease restore(ImportedLease lease, Instant now) throws StoreUnavailableException {
        boolean held = lease.state() == StoredLease.State.HELD;
        try {
            update(
                    "INSERT INTO lease (id, family, address, prefix_length, pool, owner, claim, session, care_of,"
                            + " care_of_port, engine, state, granted_at, released_at, left_over_since)"
                            + " VALUES (" + NEXT_ID + ", ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (family, address) DO UPDATE SET prefix_length = excluded.prefix_length,"
                            + " pool = excluded.pool, owner = excluded.owner, claim = lease.claim + 1,"
                            + " session = excluded.session, care_of = excluded.care_of,"
                            + " care_of_port = excluded.care_of_port, engine = excluded.engine,"
                            + " state = excluded.state, granted_at = excluded.granted_at,"
                            + " released_at = excluded.released_at, left_over_since = excluded.left_over_since",
                    family(lease.address()),
                    bytes(lease.address()),
                    lease.prefixLength(),
                    lease.pool(),
                    lease.owner(),
                    lease.session(),
                    bytes(lease.careOf().address()),
                    lease.careOf().port(),
                    engine,
                    lease.state().name(),
                    lease.grantedAt().toEpochMilli(),
                    lease.releasedAt().map(Instant::toEpochMilli).orElse(null),
                    held ? now.toEpochMilli() : null);
        } catch (SQLException e) {
            throw failures.explain(e);
        }
        StoredLease stored = at(lease.address()).orElseThrow();
        history.append(lease.grantedAt(), Kind.GRANTED, stored, Authority.OPERATOR);
        if (lease.releasedAt().isPresent()) {
            history.append(lease.releasedAt().get(), Kind.RELEASED, stored, Authority.OPERATOR);
        }
        return stored;
    }

    @Override
    public int forget(Instant until, int most) throws StoreUnavailableException {
        return history.forget(until, most);
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

    private int update(String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return statement.executeUpdate();
        }
    }
}
