package org.homeport.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.lease.Requests.ip;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.kit.IpPrefix;
import org.homeport.lease.StoredLease.State;
import org.homeport.lease.sqlite.SqliteLeaseStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseImportTest {
    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant NOW = T0.plusSeconds(7_200);
    private static final Pools POOLS = Pools.of(
            List.of(PoolDefinition.of("home6", IpPrefix.parse("2001:db8:1::/64"))
                    .withReservations(Map.of("boss", List.of(ip("2001:db8:1::b055"))))),
            Set.of());

    @TempDir
    private Path directory;

    private LeaseStore store;

    @BeforeEach
    void open() throws StoreUnavailableException {
        store = SqliteLeaseStore.openStopped(directory.resolve("leases.db"), "ha1");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void allOfItIsWrittenAndTheSecondTimeNothingChanges() throws Exception {
        List<ImportedLease> leases = List.of(
                lease(1, "mn1", "2001:db8:1::10", Optional.empty()),
                lease(2, "boss", "2001:db8:1::b055", Optional.of(T0.plusSeconds(60))));
        LeaseImport.Result result = imported(leases);
        assertThat(result.problems()).isEmpty();
        assertThat(result.written()).hasSize(2);
        assertThat(store.read(LeaseView::all)).isEqualTo(result.written());

        LeaseImport.Result again = imported(leases);
        assertThat(again.written()).isEmpty();
        assertThat(again.unchanged()).isEqualTo(2);
        assertThat(store.read(LeaseView::all)).isEqualTo(result.written());
    }

    @Test
    void oneWrongLineKeepsAllOut() throws Exception {
        LeaseImport.Result result = imported(List.of(
                lease(1, "mn1", "2001:db8:1::10", Optional.empty()),
                lease(2, "mn2", "2001:db8:2::10", Optional.empty()),
                lease(3, "mn3", "2001:db8:1::b055", Optional.empty()),
                lease(4, "mn4", "2001:db8:1::10", Optional.empty()),
                lease(5, "mn5", "2001:db8:1::11", Optional.of(NOW.plusSeconds(1)))));
        assertThat(result.problems())
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .startsWith("line 2: ")
                                .contains("2001:db8:2::10", "expected", "home6 2001:db8:1::/64"),
                        problem -> assertThat(problem)
                                .startsWith("line 3: ")
                                .contains("mn3", "2001:db8:1::b055", "reserved", "expected"),
                        problem -> assertThat(problem)
                                .startsWith("line 4: ")
                                .contains("2001:db8:1::10", "line 1", "expected each address once"),
                        problem -> assertThat(problem)
                                .startsWith("line 5: ")
                                .contains("2026-11-23T12:00:01Z", "expected one not after 2026-11-23T12:00:00Z"));
        assertThat(store.read(LeaseView::all)).isEmpty();
    }

    @Test
    void liveLeaseOfAnotherIsNotOverwrittenAndAnExpiredOneIs() throws Exception {
        imported(List.of(
                lease(1, "holder", "2001:db8:1::10", Optional.empty()),
                lease(2, "resting", "2001:db8:1::11", Optional.of(NOW.minusSeconds(60))),
                lease(3, "expired", "2001:db8:1::12", Optional.of(T0.plusSeconds(1)))));
        List<StoredLease> before = store.read(LeaseView::all);

        LeaseImport.Result result = imported(List.of(
                lease(1, "thief", "2001:db8:1::10", Optional.empty()),
                lease(2, "thief", "2001:db8:1::11", Optional.empty()),
                lease(3, "heir", "2001:db8:1::12", Optional.empty())));
        assertThat(result.problems())
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .startsWith("line 1: identity 'thief'")
                                .contains("2001:db8:1::10 is held by 'holder'", "expected that identity"),
                        problem -> assertThat(problem)
                                .startsWith("line 2: ")
                                .contains("2001:db8:1::11 is resting for 'resting'"));
        assertThat(store.read(LeaseView::all)).isEqualTo(before);

        assertThat(imported(List.of(lease(1, "heir", "2001:db8:1::12", Optional.empty())))
                        .written())
                .hasSize(1);
    }

    @Test
    void olderWordOnTheOwnersLeaseChangesNothing() throws Exception {
        imported(List.of(lease(1, "mn1", "2001:db8:1::10", Optional.of(T0.plusSeconds(60)))));
        LeaseImport.Result result = imported(List.of(lease(1, "mn1", "2001:db8:1::10", Optional.empty())));
        assertThat(result.unchanged()).isEqualTo(1);
        assertThat(store.read(LeaseView::all)).singleElement().matches(lease -> !lease.isHeld());
    }

    private LeaseImport.Result imported(List<ImportedLease> leases) throws StoreUnavailableException {
        return new LeaseImport(POOLS, Duration.ofHours(1)).into(store, leases, NOW);
    }

    private static ImportedLease lease(int line, String owner, String address, Optional<Instant> releasedAt) {
        return new ImportedLease(
                line,
                ip(address),
                64,
                "home6",
                owner,
                "s1",
                Requests.CARE_OF,
                releasedAt.isPresent() ? State.RELEASED : State.HELD,
                T0,
                releasedAt);
    }
}
