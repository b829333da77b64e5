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
import org.homeport.lease.Authority;
import org.homeport.lease.LeaseChange;
import org.homeport.lease.LeaseChange.Kind;
import org.homeport.lease.LeaseId;
import org.homeport.lease.StoreUnavailableException;
import org.homeport.lease.StoredLease;
import org.homeport.lease.Tenure;

/** What has happened to leases, within a transaction that somebody else opens and ends: lines are added, never changed. */
record SqliteHistory(Connection connection, SqliteFailures failures) {
    private static final String COLUMNS =
            "at, kind, lease, claim, address, prefix_length, pool, owner, session, care_of,"
                    + " care_of_port, engine, authority";

    void append(Instant at, Kind kind, StoredLease lease, Authority authority) throws StoreUnavailableException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO lease_history (" + COLUMNS
                + ", family) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            SqliteLeaseView.bind(
                    insert,
                    at.toEpochMilli(),
                    kind.name(),
                    lease.id().lease(),
                    lease.id().claim(),
                    SqliteLeaseView.bytes(lease.address()),
                    lease.prefix().length(),
                    lease.pool(),
                    lease.owner(),
                    lease.session(),
                    SqliteLeaseView.bytes(lease.careOf().address()),
                    lease.careOf().port(),
                    lease.engine(),
                    authority.name(),
                    SqliteLeaseView.family(lease.address()));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    List<Tenure> holdersAt(Instant time, Optional<IpAddress> address) throws StoreUnavailableException {
        List<Object> arguments = new ArrayList<>();
        address.ifPresent(a -> arguments.addAll(List.of(SqliteLeaseView.family(a), SqliteLeaseView.bytes(a))));
        arguments.add(time.toEpochMilli());
        arguments.add(time.toEpochMilli());
        try (PreparedStatement query = connection.prepareStatement("SELECT " + COLUMNS + ", next FROM (SELECT family, "
                        + COLUMNS + ", lead(at) OVER (PARTITION BY family, address ORDER BY at, id) AS next"
                        + " FROM lease_history"
                        + (address.isPresent() ? " WHERE family = ? AND address = ?" : "")
                        + ") WHERE kind = 'GRANTED' AND at <= ? AND (next IS NULL OR next > ?)"
                        + " ORDER BY family, address");
                ResultSet rows = SqliteLeaseView.run(query, arguments.toArray())) {
            List<Tenure> tenures = new ArrayList<>();
            while (rows.next()) {
                tenures.add(new Tenure(change(rows), SqliteLeaseView.instant(rows, 14)));
            }
            return tenures;
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    /** A line may go once another line of its address holds at {@code until}, or it says that nobody has the address. */
    int forget(Instant until, int most) throws StoreUnavailableException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM lease_history WHERE id IN"
                + " (SELECT id FROM lease_history AS old WHERE at < ? AND (kind <> 'GRANTED' OR EXISTS"
                + " (SELECT 1 FROM lease_history AS later WHERE later.family = old.family"
                + " AND later.address = old.address AND later.at <= ? AND (later.at, later.id) > (old.at, old.id)))"
                // Oldest first: a release must not go before the grant that it ended.
                + " ORDER BY at, id LIMIT ?)")) {
            SqliteLeaseView.bind(delete, until.toEpochMilli(), until.toEpochMilli(), most);
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    private static LeaseChange change(ResultSet row) throws SQLException {
        IpAddress address = SqliteLeaseView.address(row, 5);
        return new LeaseChange(
                Instant.ofEpochMilli(row.getLong(1)),
                Kind.valueOf(row.getString(2)),
                new LeaseId(row.getLong(3), row.getLong(4)),
                address,
                new IpPrefix(address, row.getInt(6)),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                new Endpoint(SqliteLeaseView.address(row, 10), row.getInt(11)),
                row.getString(12),
                Authority.valueOf(row.getString(13)));
    }
}
