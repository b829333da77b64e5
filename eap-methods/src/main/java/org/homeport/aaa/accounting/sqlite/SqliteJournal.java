package org.homeport.aaa.accounting.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.homeport.aaa.accounting.AccountingRecord;
import org.homeport.aaa.accounting.Journal;
import org.homeport.aaa.accounting.JournalUnavailableException;
import org.homeport.aaa.accounting.Reading;
import org.homeport.aaa.accounting.TerminateCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * The journal in one SQLite file, in write-ahead mode with {@code synchronous=FULL}: a commit returns when it is on stable
 * storage. For one thread at a time.
 */
public final class SqliteJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);
    private static final int BUSY_MILLIS = 2_000;

    private final Connection connection;
    private final JournalFailures failures;

    private SqliteJournal(Connection connection, JournalFailures failures) {
        this.connection = connection;
        this.failures = failures;
    }

    /** Makes the file if there is none, and brings its schema up to date. */
    public static SqliteJournal open(Path file) throws JournalUnavailableException {
        JournalFailures failures = new JournalFailures(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + file);
            SqliteJournal journal = new SqliteJournal(connection, failures);
            try {
                journal.inTransaction(() -> JournalSchema.migrate(connection, failures));
                return journal;
            } catch (JournalUnavailableException e) {
                journal.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    private interface Work {
        void run() throws SQLException, JournalUnavailableException;
    }

    private void inTransaction(Work work) throws JournalUnavailableException {
        try {
            execute("BEGIN IMMEDIATE");
            try {
                work.run();
                execute("COMMIT");
            } finally {
                rollBack();
            }
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    /** Nothing to do after a commit, or when SQLite has rolled back by itself, as it may when the disk is full. */
    private void rollBack() {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.trace("no transaction to roll back", e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void write(List<Step> steps) throws JournalUnavailableException {
        inTransaction(() -> {
            for (Step step : steps) {
                write(step);
            }
        });
    }

    private void write(Step step) throws SQLException {
        switch (step) {
            case Step.Keep(KeptSession kept) -> put("session", columns(kept));
            case Step.Forget(String id) -> update("DELETE FROM session WHERE id = ?", id);
            case Step.Owe(OwedRecord owed) -> put("record", columns(owed));
            case Step.Paid(long number, Creditor creditor) -> {
                update("DELETE FROM record WHERE number = ? AND owed_to = ?", number, creditor.name());
                update(
                        "UPDATE record SET owed_to = trim(replace(owed_to, ?, '')) WHERE number = ?",
                        creditor.name(),
                        number);
            }
        }
    }

    private static Map<String, Object> columns(KeptSession kept) {
        Map<String, Object> columns = SessionColumns.of(kept.session());
        columns.putAll(SessionColumns.of("", kept.reading().total()));
        columns.putAll(SessionColumns.of("settled_", kept.reading().settled()));
        columns.put("running", SessionColumns.words(kept.reading().running(), name -> name));
        columns.put("seen", kept.seen().toEpochMilli());
        kept.ended().ifPresent(ended -> columns.put("ended", ended.toEpochMilli()));
        return columns;
    }

    private static Map<String, Object> columns(OwedRecord owed) {
        AccountingRecord record = owed.record();
        Map<String, Object> columns = new LinkedHashMap<>();
        if (record instanceof AccountingRecord.OfSession session) {
            columns.putAll(SessionColumns.of(session.session()));
        } else {
            columns.put("id", record.id());
            record.route().ifPresent(route -> columns.put("route", route));
        }
        if (record instanceof AccountingRecord.Counted counted) {
            columns.putAll(SessionColumns.of("", counted.usage()));
        }
        if (record instanceof AccountingRecord.Stop stop) {
            columns.put("cause", stop.cause().name());
        }
        columns.put("number", owed.number());
        columns.put("kind", kind(record));
        columns.put("at", record.at().toEpochMilli());
        columns.put("owed_to", owed.owedTo().stream().map(Enum::name).sorted().collect(Collectors.joining(" ")));
        return columns;
    }

    private static String kind(AccountingRecord record) {
        return switch (record) {
            case AccountingRecord.On _ -> "ON";
            case AccountingRecord.Off _ -> "OFF";
            case AccountingRecord.Start _ -> "START";
            case AccountingRecord.Interim _ -> "INTERIM";
            case AccountingRecord.Stop _ -> "STOP";
        };
    }

    private void put(String table, Map<String, Object> columns) throws SQLException {
        update(
                "INSERT OR REPLACE INTO " + table + " (" + String.join(", ", columns.keySet()) + ") VALUES ("
                        + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")",
                columns.values().toArray());
    }

    private void update(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        }
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String sql, Row<T> row) throws JournalUnavailableException {
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery(sql)) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw failures.explain(e);
        } catch (IllegalArgumentException e) {
            throw failures.says("it holds what this program did not write: " + e.getMessage());
        }
    }

    @Override
    public List<OwedRecord> owed() throws JournalUnavailableException {
        return rows("SELECT * FROM record ORDER BY number", SqliteJournal::owed);
    }

    private static OwedRecord owed(ResultSet row) throws SQLException {
        Set<Creditor> owedTo = Arrays.stream(row.getString("owed_to").split(" ", -1))
                .map(Creditor::valueOf)
                .collect(Collectors.toSet());
        return new OwedRecord(row.getLong("number"), record(row), owedTo);
    }

    private static AccountingRecord record(ResultSet row) throws SQLException {
        Instant at = Instant.ofEpochMilli(row.getLong("at"));
        String kind = row.getString("kind");
        return switch (kind) {
            case "ON" -> new AccountingRecord.On(row.getString("id"), Optional.ofNullable(row.getString("route")), at);
            case "OFF" ->
                new AccountingRecord.Off(row.getString("id"), Optional.ofNullable(row.getString("route")), at);
            case "START" -> new AccountingRecord.Start(SessionColumns.session(row), at);
            case "INTERIM" ->
                new AccountingRecord.Interim(SessionColumns.session(row), at, SessionColumns.usage(row, ""));
            case "STOP" ->
                new AccountingRecord.Stop(
                        SessionColumns.session(row),
                        at,
                        SessionColumns.usage(row, ""),
                        TerminateCause.valueOf(row.getString("cause")));
            default -> throw new IllegalArgumentException("a record of kind " + kind);
        };
    }

    @Override
    public List<KeptSession> sessions() throws JournalUnavailableException {
        return rows("SELECT * FROM session ORDER BY began, id", SqliteJournal::kept);
    }

    private static KeptSession kept(ResultSet row) throws SQLException {
        Reading reading = new Reading(
                SessionColumns.usage(row, ""),
                SessionColumns.usage(row, "settled_"),
                SessionColumns.list(row.getString("running"), name -> name));
        return new KeptSession(
                SessionColumns.session(row), reading, Instant.ofEpochMilli(row.getLong("seen")), ended(row));
    }

    private static Optional<Instant> ended(ResultSet row) throws SQLException {
        long millis = row.getLong("ended");
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("closing the accounting queue: {}", e.getMessage());
        }
    }
}
