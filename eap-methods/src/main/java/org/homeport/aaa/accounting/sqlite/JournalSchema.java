package org.homeport.aaa.accounting.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.homeport.aaa.accounting.JournalUnavailableException;

/** The tables, and how an older file becomes a present one: migration n takes {@code user_version} n-1 to n. */
final class JournalSchema {
    /** Says "hpAC" where {@code file(1)} and other programs look. */
    private static final int APPLICATION_ID = 0x68704143;

    private static final String OF_A_SESSION = """
              multi_id TEXT,
              user_name TEXT,
              authentic TEXT,
              classes TEXT,                       -- hexadecimal, in order, a space between
              chargeable_user_identity BLOB,
              home_addresses TEXT,                -- a space between
              home_prefixes TEXT,
              care_of TEXT,
              care_of_port INTEGER,
              home_agent TEXT,
              began INTEGER,                      -- milliseconds since 1970, as all times
              input_octets INTEGER,
              input_packets INTEGER,
              output_octets INTEGER,
              output_packets INTEGER""";

    private static final List<List<String>> MIGRATIONS =
            List.of(List.of("""
            CREATE TABLE session (
              id TEXT PRIMARY KEY,
              route TEXT NOT NULL,
            """ + OF_A_SESSION + """
            ,
              settled_input_octets INTEGER NOT NULL,
              settled_input_packets INTEGER NOT NULL,
              settled_output_octets INTEGER NOT NULL,
              settled_output_packets INTEGER NOT NULL,
              running TEXT NOT NULL,              -- names of counters, a space between
              seen INTEGER NOT NULL,
              ended INTEGER                       -- still known, for the session that continues it
            ) STRICT, WITHOUT ROWID""", """
            CREATE TABLE record (
              number INTEGER PRIMARY KEY,
              kind TEXT NOT NULL CHECK (kind IN ('ON', 'OFF', 'START', 'INTERIM', 'STOP')),
              at INTEGER NOT NULL,
              cause TEXT,
              owed_to TEXT NOT NULL,              -- AAA, CDR, or both with a space between
              id TEXT NOT NULL,
              route TEXT,
            """ + OF_A_SESSION + """
            ,
              CHECK ((kind = 'STOP') = (cause IS NOT NULL))
            ) STRICT"""));

    private JournalSchema() {}

    /** Within the caller's transaction. */
    static void migrate(Connection connection, JournalFailures failures)
            throws SQLException, JournalUnavailableException {
        int found = check(connection, failures);
        try (Statement statement = connection.createStatement()) {
            for (int version = found; version < MIGRATIONS.size(); version++) {
                for (String sql : MIGRATIONS.get(version)) {
                    statement.executeUpdate(sql);
                }
            }
            if (found < MIGRATIONS.size()) {
                statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
                statement.executeUpdate("PRAGMA user_version = " + MIGRATIONS.size());
            }
        }
    }

    private static int check(Connection connection, JournalFailures failures)
            throws SQLException, JournalUnavailableException {
        int version = number(connection, "PRAGMA user_version");
        int application = number(connection, "PRAGMA application_id");
        if (application != APPLICATION_ID && number(connection, "SELECT count(*) FROM sqlite_schema") > 0) {
            throw failures.says("this SQLite file is another program's, not an accounting queue");
        }
        if (version > MIGRATIONS.size()) {
            throw failures.says("its schema has version " + version + ", this program knows up to " + MIGRATIONS.size()
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
