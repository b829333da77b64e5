package org.homeport.lease.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.lease.Authority;
import org.homeport.lease.LeaseStore;
import org.homeport.lease.LeaseStoreContract;
import org.homeport.lease.LeaseView;
import org.homeport.lease.StoreUnavailableException;
import org.homeport.lease.StoredLease;
import org.homeport.lease.Tenure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLeaseStoreTest extends LeaseStoreContract {
    @TempDir
    private Path directory;

    @Override
    protected LeaseStore open(String engine, Instant now) throws StoreUnavailableException {
        return SqliteLeaseStore.open(file(), engine, now);
    }

    private Path file() {
        return directory.resolve("leases.db");
    }

    @Test
    void everyCommitGoesToStableStorage() throws Exception {
        try (Connection connection = SqliteLeaseStore.config().createConnection("jdbc:sqlite:" + file())) {
            assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(connection, "synchronous")).isEqualTo("2");
        }
    }

    @Test
    void aReaderLooksOnWhileAnEngineHoldsTheWriteLock() throws Exception {
        StoredLease lease = claimed(claim("mn1", "2001:db8:1::10"), T0);
        try (LeaseStore reader = SqliteLeaseStore.openToRead(file())) {
            Integer seen = store.write(table -> {
                table.claim(claim("mn2", "2001:db8:1::11"), T0);
                return reader.read(LeaseView::all).size();
            });
            assertThat(seen).isEqualTo(1);
            Optional<StoredLease> read = reader.read(view -> view.at(lease.address()));
            assertThat(read).contains(lease);
            assertThatThrownBy(() -> reader.write(table -> table.claim(claim("mn3", "2001:db8:1::12"), T0)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("cannot be written to");
        }
    }

    @Test
    void aLookerMarksNothingLeftOver() throws Exception {
        claimed(claim("mn1", "2001:db8:1::10"), T0);
        SqliteLeaseStore.openToRead(file()).close();
        assertThat(at("2001:db8:1::10").orElseThrow().leftOverSince()).isEmpty();
    }

    @Test
    void aLockThatStaysIsUnavailableAndThenOver() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement();
                Connection impatient = DriverManager.getConnection("jdbc:sqlite:" + file());
                SqliteLeaseStore here = new SqliteLeaseStore(new SqliteFailures(file()), impatient, impatient, "ha1")) {
            impatient.createStatement().execute("PRAGMA busy_timeout = 20");
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> here.write(table -> table.claim(claim("mn1", "2001:db8:1::10"), T0)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessage("lease store " + file() + ": another process keeps it locked; nothing was written");
            statement.execute("ROLLBACK");
            here.write(table -> table.claim(claim("mn1", "2001:db8:1::10"), T0));
        }
        assertThat(at("2001:db8:1::10")).isPresent();
    }

    @Test
    void aFullDiskIsUnavailableLeavesNothingTornAndRecovers() throws Exception {
        try (Connection writer = SqliteLeaseStore.config().createConnection("jdbc:sqlite:" + file());
                Statement limit = writer.createStatement()) {
            SqliteLeaseStore here = new SqliteLeaseStore(new SqliteFailures(file()), writer, writer, "ha1");
            limit.execute("PRAGMA max_page_count = " + (Integer.parseInt(pragma(writer, "page_count")) + 2));
            int told = 0;
            StoreUnavailableException full = null;
            while (full == null && told < 5_000) {
                String address = "2001:db8:1::" + Integer.toHexString(0x1000 + told);
                String owner = "mn" + told;
                try {
                    here.write(table -> table.claim(claim(owner, address), T0));
                    told++;
                } catch (StoreUnavailableException e) {
                    full = e;
                }
            }
            assertThat(full).hasMessageContaining("no space is left on its disk; nothing was written");
            assertThat(here.read(LeaseView::all)).hasSize(told).allMatch(StoredLease::isHeld);
            assertThat(pragma(writer, "integrity_check")).isEqualTo("ok");
            StoredLease first = here.read(LeaseView::all).getFirst();
            here.write(table -> table.release(first.id(), Authority.SESSION, T0));

            limit.execute("PRAGMA max_page_count = 100000");
            here.write(table -> table.claim(claim("late", "2001:db8:1::ffff"), T0));
            assertThat(here.read(LeaseView::all)).hasSize(told + 1);
        }
    }

    @Test
    void fileWithoutAHistoryGetsOneOfWhatItKnows() throws Exception {
        try (LeaseStore here = open("ha0", T0)) {
            here.write(table -> table.claim(claim("mn1", "2001:db8:1::20"), T0));
        }
        store.close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE lease_history");
            statement.execute("DROP TABLE lease_numbering");
            statement.execute("PRAGMA user_version = 1");
        }
        store = open("ha1", T0.plusSeconds(60));
        assertThat(store.<List<Tenure>>read(view -> view.holdersAt(T0.plusSeconds(1), Optional.empty())))
                .singleElement()
                .satisfies(tenure -> {
                    assertThat(tenure.grant().owner()).isEqualTo("mn1");
                    assertThat(tenure.grant().authority()).isEqualTo(Authority.UNKNOWN);
                });
        assertThat(all()).hasSize(1);
    }

    @Test
    void linesOfTheHistoryAreNotChanged() throws Exception {
        claimed(claim("mn1", "2001:db8:1::20"), T0);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("UPDATE lease_history SET owner = 'mn2'"))
                    .hasMessageContaining("what has happened is not changed");
        }
    }

    @Test
    void openingAStoppedStoreLeavesWhatIsHeldAsItIs() throws Exception {
        StoredLease held = claimed(claim("mn1", "2001:db8:1::20"), T0);
        store.close();
        store = SqliteLeaseStore.openStopped(file(), "ha1");
        assertThat(all()).containsExactly(held);
    }

    @Test
    void aNewerFileIsNotTouched() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertThatThrownBy(() -> open("ha1", T0))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("version 99, this program knows up to " + SqliteSchema.version());
        assertThatThrownBy(() -> SqliteLeaseStore.openToRead(file())).hasMessageContaining("version 99");
    }

    @Test
    void anotherProgramsFileIsNotTouched() throws Exception {
        Path foreign = directory.resolve("foreign.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + foreign);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE recipes (name TEXT)");
        }
        assertThatThrownBy(() -> SqliteLeaseStore.open(foreign, "ha1", T0))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("another program's");
    }

    @Test
    void aDamagedFileAndAMissingDirectorySayWhatToDo() throws Exception {
        Path damaged = directory.resolve("damaged.db");
        Files.writeString(damaged, "This is not a database, but it is long enough to be read as one.".repeat(99));
        assertThatThrownBy(() -> SqliteLeaseStore.open(damaged, "ha1", T0))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("damaged, or not an SQLite file");
        assertThatThrownBy(() -> SqliteLeaseStore.open(directory.resolve("no/leases.db"), "ha1", T0))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("cannot be opened");
    }

    private static String pragma(Connection connection, String name) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
