package org.homeport.lease.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.lease.AddressRange;
import org.homeport.lease.LeaseId;
import org.homeport.lease.LeaseView;
import org.homeport.lease.StoreUnavailableException;
import org.homeport.lease.StoredLease;
import org.homeport.lease.Tenure;
import org.jspecify.annotations.Nullable;

/** Reads leases through a connection whose transaction somebody else opens and ends. */
class SqliteLeaseView implements LeaseView {
    private static final String COLUMNS = "SELECT id, claim, address, prefix_length, pool, owner, session, care_of,"
            + " care_of_port, engine, state, granted_at, released_at, left_over_since FROM lease ";

    final Connection connection;
    final SqliteFailures failures;
    final SqliteHistory history;

    SqliteLeaseView(Connection connection, SqliteFailures failures) {
        this.connection = connection;
        this.failures = failures;
        this.history = new SqliteHistory(connection, failures);
    }

    @Override
    public Optional<StoredLease> at(IpAddress address) throws StoreUnavailableException {
        return leases("WHERE family = ? AND address = ?", family(address), bytes(address)).stream()
                .findFirst();
    }

    @Override
    public List<StoredLease> of(String owner) throws StoreUnavailableException {
        return leases("WHERE owner = ? ORDER BY state, released_at DESC, granted_at DESC, id", owner);
    }

    @Override
    public Optional<IpAddress> firstUnused(AddressRange range) throws StoreUnavailableException {
        if (count("", range).equals(range.size().toString())) {
            return Optional.empty();
        }
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT address FROM lease WHERE family = ? AND address BETWEEN ? AND ? ORDER BY address");
                ResultSet rows = run(query, family(range.first()), bytes(range.first()), bytes(range.last()))) {
            Optional<IpAddress> candidate = Optional.of(range.first());
            while (candidate.isPresent() && rows.next() && address(rows, 1).equals(candidate.get())) {
                candidate =
                        candidate.get().equals(range.last()) ? Optional.empty() : AddressRange.next(candidate.get());
            }
            return candidate;
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    @Override
    public Optional<StoredLease> longestReleased(AddressRange range, Instant until) throws StoreUnavailableException {
        return leases(
                        "WHERE state = 'RELEASED' AND family = ? AND +address BETWEEN ? AND ? AND released_at <= ?"
                                + " ORDER BY released_at, id LIMIT 1",
                        family(range.first()),
                        bytes(range.first()),
                        bytes(range.last()),
                        until.toEpochMilli())
                .stream()
                .findFirst();
    }

    @Override
    public long count(AddressRange range, StoredLease.State state) throws StoreUnavailableException {
        return Long.parseLong(count(" AND state = '" + state.name() + "'", range));
    }

    private String count(String condition, AddressRange range) throws StoreUnavailableException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT count(*) FROM lease WHERE family = ? AND address BETWEEN ? AND ?" + condition);
                ResultSet rows = run(query, family(range.first()), bytes(range.first()), bytes(range.last()))) {
            return rows.next() ? rows.getString(1) : "0";
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    @Override
    public List<Tenure> holdersAt(Instant time, Optional<IpAddress> address) throws StoreUnavailableException {
        return history.holdersAt(time, address);
    }

    @Override
    public List<StoredLease> all() throws StoreUnavailableException {
        return leases("ORDER BY family, address");
    }

    final List<StoredLease> leases(String condition, Object... arguments) throws StoreUnavailableException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS + condition);
                ResultSet rows = run(query, arguments)) {
            List<StoredLease> leases = new ArrayList<>();
            while (rows.next()) {
                leases.add(lease(rows));
            }
            return leases;
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    static ResultSet run(PreparedStatement query, Object... arguments) throws SQLException {
        bind(query, arguments);
        return query.executeQuery();
    }

    static void bind(PreparedStatement statement, @Nullable Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }

    static int family(IpAddress address) {
        return address.isV6() ? 6 : 4;
    }

    static byte[] bytes(IpAddress address) {
        return address.octets().toByteArray();
    }

    static IpAddress address(ResultSet rows, int column) throws SQLException {
        return new IpAddress(Octets.wrap(rows.getBytes(column)));
    }

    private static StoredLease lease(ResultSet row) throws SQLException {
        IpAddress address = address(row, 3);
        return new StoredLease(
                new LeaseId(row.getLong(1), row.getLong(2)),
                address,
                new IpPrefix(address, row.getInt(4)),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                new Endpoint(address(row, 8), row.getInt(9)),
                row.getString(10),
                StoredLease.State.valueOf(row.getString(11)),
                Instant.ofEpochMilli(row.getLong(12)),
                instant(row, 13),
                instant(row, 14));
    }

    static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
