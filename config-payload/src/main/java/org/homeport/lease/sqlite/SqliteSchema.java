package org.homeport.lease.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.homeport.lease.StoreUnavailableException;

/** The tables, and how an older file becomes a present one: migration n takes {@code user_version} n-1 to n. */
final class SqliteSchema {
    /** Says "hpLS" where {@code file(1)} and other programs look. */
    private static final int APPLICATION_ID = 0x68704c53;

    private static final List<List<String>> MIGRATIONS = List.of(
            List.of(
                    """
            CREATE TABLE lease (
              id INTEGER PRIMARY KEY,
              family INTEGER NOT NULL CHECK (family IN (4, 6)),
              address BLOB NOT NULL,              -- 4 or 16 octets
              prefix_length INTEGER NOT NULL,
              pool TEXT NOT NULL,
              owner TEXT NOT NULL,                -- the authenticated identity
              claim INTEGER NOT NULL,             -- counts the sessions the address went to
              session TEXT NOT NULL,
              care_of BLOB NOT NULL,
              care_of_port INTEGER NOT NULL,
              engine TEXT NOT NULL,               -- whose session holds it
              state TEXT NOT NULL CHECK (state IN ('HELD', 'RELEASED')),
              granted_at INTEGER NOT NULL,        -- milliseconds since 1970, as all times
              released_at INTEGER,
              left_over_since INTEGER,            -- held by a session of an earlier run
              UNIQUE (family, address),
              CHECK ((state = 'RELEASED') = (released_at IS NOT NULL)),
              CHECK (left_over_since IS NULL OR state = 'HELD')
            ) STRICT""",
                    "CREATE INDEX lease_by_owner ON lease (owner)",
                    "CREATE INDEX lease_released ON lease (family, released_at) WHERE state = 'RELEASED'",
                    "CREATE INDEX lease_left_over ON lease (engine, left_over_since) WHERE left_over_since IS NOT NULL"),
            List.of(
                    """
            CREATE TABLE lease_history (
              id INTEGER PRIMARY KEY,
              at INTEGER NOT NULL,
              kind TEXT NOT NULL CHECK (kind IN ('GRANTED', 'RELEASED', 'ENDED')),
              lease INTEGER NOT NULL,
              claim INTEGER NOT NULL,
              family INTEGER NOT NULL,
              address BLOB NOT NULL,
              prefix_length INTEGER NOT NULL,
              pool TEXT NOT NULL,
              owner TEXT NOT NULL,
              session TEXT NOT NULL,
              care_of BLOB NOT NULL,
              care_of_port INTEGER NOT NULL,
              engine TEXT NOT NULL,
              authority TEXT NOT NULL
            ) STRICT""",
                    "CREATE INDEX lease_history_by_address ON lease_history (family, address, at, id)",
                    "CREATE INDEX lease_history_by_time ON lease_history (at)",
                    "CREATE TRIGGER lease_history_stays BEFORE UPDATE ON lease_history"
                            + " BEGIN SELECT RAISE(ABORT, 'what has happened is not changed'); END",
                    // An id is never used twice: who still knows an ended lease must not release another one.
                    "CREATE TABLE lease_numbering (last_ended INTEGER NOT NULL) STRICT",
                    "INSERT INTO lease_numbering VALUES (0)",
                    earlier("granted_at", "GRANTED", ""),
                    earlier("released_at", "RELEASED", " WHERE state = 'RELEASED'")));

    /** What the table of leases itself knows of the time before there was a history. */
    private static String earlier(String at, String kind, String which) {
        return "INSERT INTO lease_history (at, kind, lease, claim, family, address, prefix_length, pool, owner, session,"
                + " care_of, care_of_port, engine, authority) SELECT " + at + ", '" + kind + "', id, claim, family,"
                + " address, prefix_length, pool, owner, session, care_of, care_of_port, engine, 'UNKNOWN' FROM lease"
                + which + " ORDER BY " + at;
    }

    private SqliteSchema() {}

    static int version() {
        return MIGRATIONS.size();
    }

    /** Within the caller's transaction. */
    static void migrate(Connection connection, SqliteFailures failures) throws SQLException, StoreUnavailableException {
        int found = check(connection, failures);
        try (Statement statement = connection.createStatement()) {
            for (int version = found; version < version(); version++) {
                for (String sql : MIGRATIONS.get(version)) {
                    statement.executeUpdate(sql);
                }
            }
            if (found < version()) {
                statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
                statement.executeUpdate("PRAGMA user_version = " + version());
            }
        }
    }

    /** Finds the file's version: 0..{@link #version}, 0 for an empty file. */
    static int check(Connection connection, SqliteFailures failures) throws SQLException, StoreUnavailableException {
        int version = number(connection, "PRAGMA user_version");
        int application = number(connection, "PRAGMA application_id");
        if (application != APPLICATION_ID && number(connection, "SELECT count(*) FROM sqlite_schema") > 0) {
            throw failures.says("this SQLite file is another program's, not a lease store");
        }
        if (version > version()) {
            throw failures.says("its schema has version " + version + ", this program knows up to " + version()
                    + ": use the newer program that wrote it, or another file");
        }
        return version;
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
