package org.homeport.lease.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.homeport.lease.LeaseStore;
import org.homeport.lease.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * Leases in one SQLite file, in write-ahead mode with {@code synchronous=FULL}: a commit returns when it is on stable
 * storage. One connection writes and one reads, each for one thread at a time; other processes may use the file too.
 */
public final class SqliteLeaseStore implements LeaseStore {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLeaseStore.class);
    private static final int BUSY_MILLIS = 2_000;

    private final Connection writer;
    private final Connection reader;
    private final SqliteLeaseTable table;
    private final SqliteLeaseView view;
    private final SqliteFailures failures;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();

    SqliteLeaseStore(SqliteFailures failures, Connection writer, Connection reader, String engine) {
        this.writer = writer;
        this.reader = reader;
        this.failures = failures;
        this.table = new SqliteLeaseTable(writer, failures, engine);
        this.view = new SqliteLeaseView(reader, failures);
    }

    /**
     * Opens for an engine that is starting: makes the file if there is none, brings its schema up to date, marks what
     * the engine's earlier run held as left over.
     *
     * @param engine its name: engines that share a file need different ones
     */
    public static SqliteLeaseStore open(Path file, String engine, Instant now) throws StoreUnavailableException {
        return open(file, engine, Optional.of(now));
    }

    /**
     * Opens for an operator's changes while no engine runs: as {@link #open(Path, String, Instant)}, and what the engine
     * held stays as it is.
     */
    public static SqliteLeaseStore openStopped(Path file, String engine) throws StoreUnavailableException {
        return open(file, engine, Optional.empty());
    }

    private static SqliteLeaseStore open(Path file, String engine, Optional<Instant> started)
            throws StoreUnavailableException {
        SqliteFailures failures = new SqliteFailures(file);
        Connection writer = connect(file, config(), failures);
        try {
            // The first transaction switches the file to write-ahead mode, before a second connection looks at it.
            begin(writer, failures);
            SqliteSchema.migrate(writer, failures);
            int leftOver = started.isPresent()
                    ? new SqliteLeaseTable(writer, failures, engine).markLeftOver(started.get())
                    : 0;
            execute(writer, "COMMIT");
            if (leftOver > 0) {
                LOG.info("{} leases are left over from an earlier run of {}", leftOver, engine);
            }
            return new SqliteLeaseStore(failures, writer, connect(file, config(), failures), engine);
        } catch (SQLException e) {
            close(writer);
            throw failures.explain(e);
        } catch (StoreUnavailableException e) {
            close(writer);
            throw e;
        }
    }

    /** Opens to look at, beside a running engine or after it; the file must be there, and writing fails. */
    public static SqliteLeaseStore openToRead(Path file) throws StoreUnavailableException {
        SqliteFailures failures = new SqliteFailures(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = connect(file, config, failures);
        try {
            if (SqliteSchema.check(connection, failures) != SqliteSchema.version()) {
                throw failures.says("its schema is of an older version: start the engine once to bring it up to date");
            }
            return new SqliteLeaseStore(failures, connection, connection, "");
        } catch (SQLException e) {
            close(connection);
            throw failures.explain(e);
        } catch (StoreUnavailableException e) {
            close(connection);
            throw e;
        }
    }

    static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }

    private static Connection connect(Path file, SQLiteConfig config, SqliteFailures failures)
            throws StoreUnavailableException {
        try {
            return config.createConnection("jdbc:sqlite:" + file);
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    @Override
    public <T> T read(Reading<T> work) throws StoreUnavailableException {
        reading.lock();
        try {
            execute(reader, "BEGIN");
            return work.apply(view);
        } catch (SQLException e) {
            throw failures.explain(e);
        } finally {
            rollBack(reader);
            reading.unlock();
        }
    }

    @Override
    public <T> T write(Writing<T> work) throws StoreUnavailableException {
        writing.lock();
        try {
            begin(writer, failures);
            try {
                T result = work.apply(table);
                execute(writer, "COMMIT");
                return result;
            } catch (SQLException e) {
                throw failures.explain(e);
            } finally {
                rollBack(writer);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Takes the write lock now: a transaction that reads first and writes later could be refused half-way. */
    private static void begin(Connection connection, SqliteFailures failures) throws StoreUnavailableException {
        try {
            execute(connection, "BEGIN IMMEDIATE");
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    /** Nothing to do after a commit, or when SQLite has rolled back by itself, as it may when the disk is full. */
    private static void rollBack(Connection connection) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            LOG.trace("no transaction to roll back", e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        writing.lock();
        reading.lock();
        try {
            close(reader);
            close(writer);
        } finally {
            reading.unlock();
            writing.unlock();
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("closing the lease store: {}", e.getMessage());
        }
    }
}
