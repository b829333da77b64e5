package org.homeport.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.daemon.Installation.homeport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.daemon.Installation.Ran;
import org.homeport.daemon.observe.Json;
import org.homeport.daemon.observe.JsonObject;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.lease.Authority;
import org.homeport.lease.Claim;
import org.homeport.lease.ClaimResult.Claimed;
import org.homeport.lease.LeaseStore;
import org.homeport.lease.LeaseView;
import org.homeport.lease.StoredLease;
import org.homeport.lease.sqlite.SqliteLeaseStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesCommandTest {
    private static final Endpoint CARE_OF = new Endpoint(IpAddress.parse("2001:db8:f::7"), 4500);
    private static final String HELD = "2001:db8:100::10";
    private static final String RESTING = "2001:db8:100::11";
    private static final String EXPIRED = "2001:db8:100::12";

    @TempDir
    Path directory;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private Installation installation = new Installation(Path.of("."));

    @BeforeEach
    void install() throws Exception {
        installation = Installation.in(directory.resolve("hp"));
    }

    /** One held, one resting, one expired; nobody runs. */
    private void fill() throws Exception {
        try (LeaseStore store =
                SqliteLeaseStore.openStopped(installation.configuration().leaseStore(), "homeport")) {
            claim(store, HELD, "alice@example.org", now.minus(Duration.ofHours(3)));
            StoredLease resting = claim(store, RESTING, "bob@example.org", now.minus(Duration.ofHours(2)));
            StoredLease expired = claim(store, EXPIRED, "carol@example.net", now.minus(Duration.ofDays(9)));
            store.write(table -> table.release(resting.id(), Authority.SESSION, now.minus(Duration.ofHours(1))));
            store.write(table -> table.release(expired.id(), Authority.SESSION, now.minus(Duration.ofDays(8))));
        }
    }

    private static StoredLease claim(LeaseStore store, String address, String owner, Instant at) throws Exception {
        Claim claim = new Claim(
                IpAddress.parse(address),
                IpPrefix.parse("2001:db8:100::/64"),
                "home6",
                owner,
                "abc-" + address.charAt(address.length() - 1),
                CARE_OF,
                Authority.POOL,
                Optional.empty());
        return ((Claimed) store.write(table -> table.claim(claim, at))).lease();
    }

    private Ran leases(String... arguments) {
        List<String> all = new ArrayList<>(List.of("leases"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("-c", installation.file().toString()));
        return homeport(all.toArray(String[]::new));
    }

    private static List<String> addresses(Ran ran) {
        return Json.readObject(ran.out()).objects("leases").stream()
                .map(lease -> lease.text("address").replace("/64", ""))
                .toList();
    }

    @Test
    void withoutADaemonTheStoreIsReadAndThatIsSaid() throws Exception {
        fill();
        Ran ran = leases();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err())
                .hasLineCount(1)
                .contains("No daemon answers at", "homeport.sock", "from the lease store", "leases.db");
        assertThat(ran.out().lines())
                .hasSize(4)
                .first()
                .asString()
                .matches("ADDRESS +STATE +IDENTITY +POOL +SINCE +UNTIL +CARE-OF +SESSION");
        assertThat(ran.out())
                .containsPattern(HELD + "/64 +held +alice@example.org +home6 +" + now.minus(Duration.ofHours(3))
                        + " +- +- +abc-0")
                .containsPattern(RESTING + "/64 +resting +bob@example.org +home6 +" + now.minus(Duration.ofHours(1))
                        + " +" + now.minus(Duration.ofHours(1)).plus(Duration.ofDays(1)) + " +- +abc-1")
                .containsPattern(
                        EXPIRED + "/64 +expired +carol@example.net +home6 +" + now.minus(Duration.ofDays(7)) + " +-");

        Ran json = leases("--json");
        JsonObject lease = Json.readObject(json.out()).objects("leases").getFirst();
        assertThat(json.out().lines()).hasSize(1);
        assertThat(lease.values().keySet().stream().map(String::valueOf))
                .containsExactly("address", "identity", "pool", "state", "since", "session", "lease");
    }

    @Test
    void addressAndIdentityNarrowTheList() throws Exception {
        fill();
        assertThat(addresses(leases("--json", "--address", RESTING))).containsExactly(RESTING);
        assertThat(addresses(leases("--json", "--identity", "alice@example.org")))
                .containsExactly(HELD);
        assertThat(addresses(leases("--json", "--identity", "*@example.org"))).containsExactly(HELD, RESTING);
        assertThat(addresses(leases("--json", "--address", HELD, "--identity", "bob*")))
                .isEmpty();
        Ran none = leases("--identity", "nobody");
        assertThat(none.exitCode()).isZero();
        assertThat(none.out()).contains("There is no lease.");
    }

    @Test
    void atTellsWhoHadAnAddressThen() throws Exception {
        fill();
        String then = now.minus(Duration.ofMinutes(90)).toString();
        assertThat(addresses(leases("--json", "--at", then))).containsExactly(HELD, RESTING);
        Ran text = leases(
                "--address", EXPIRED, "--at", now.minus(Duration.ofDays(9)).toString());
        assertThat(text.out())
                .containsPattern(EXPIRED + "/64 +held +carol@example.net +home6 +" + now.minus(Duration.ofDays(9))
                        + " +" + now.minus(Duration.ofDays(8)) + " +\\[2001:db8:f::7]:4500 +abc-2 +pool home6");
        assertThat(leases("--at", now.minus(Duration.ofDays(20)).toString()).out())
                .contains("Nobody had an address then.");
    }

    @Test
    void timeThatTheHistoryCannotTellOfIsRefused() throws Exception {
        fill();
        installation.append("lease-history: 2d");
        Ran before = leases("--at", now.minus(Duration.ofDays(3)).toString());
        assertThat(before.exitCode()).isEqualTo(1);
        assertThat(before.err()).contains("is before the history begins", "lease-history");
        Ran after = leases("--at", "2999-01-01T00:00:00Z");
        assertThat(after.exitCode()).isEqualTo(1);
        assertThat(after.err()).contains("2999-01-01T00:00:00Z is still to come");
    }

    @Test
    void wrongValuesAreNamedAndExitStatusTwo() {
        for (Ran ran : List.of(
                leases("--at", "yesterday"),
                leases("--address", "home"),
                leases("release"),
                leases("release", HELD, "--identity", "alice"),
                leases("release", "somewhere"),
                leases("import"),
                homeport("leases", "--identity", "x", "release", HELD),
                leases("walk"))) {
            assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(2);
            assertThat(ran.err()).doesNotContain("Exception", "\tat ");
        }
        assertThat(leases("--at", "yesterday").err()).contains("'yesterday'", "2026-11-23T10:00:00Z");
        assertThat(homeport("leases", "--identity", "x", "release", HELD).err())
                .contains("--identity is an option of 'leases', not of 'leases release'");
    }

    @Test
    void storeThatIsNotThereIsToldInOneSentence() {
        for (Ran ran : List.of(leases(), leases("export"), leases("release", HELD))) {
            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.err()).contains("leases.db: there is no such file").doesNotContain("\tat ");
        }
    }

    @Test
    void restingLeaseIsReleasedAndAHeldOneOnlyWithDisconnect() throws Exception {
        fill();
        Ran resting = leases("release", RESTING);
        assertThat(resting.exitCode()).as(resting.err()).isZero();
        assertThat(resting.out())
                .contains("Released " + RESTING + ", was resting for bob@example.org (session abc-1).");

        Ran held = leases("release", "--identity", "alice@example.org");
        assertThat(held.exitCode()).isEqualTo(1);
        assertThat(held.out()).isEmpty();
        assertThat(held.err()).contains(HELD + " is held by 'alice@example.org'", "--disconnect");
        assertThat(addresses(leases("--json"))).containsExactly(HELD, EXPIRED);

        assertThat(leases("release", "--identity", "alice@example.org", "--disconnect")
                        .exitCode())
                .isZero();
        assertThat(addresses(leases("--json"))).containsExactly(EXPIRED);
        Ran gone = leases("release", HELD);
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.err()).contains("address " + HELD + " has no lease");
        assertThat(directory.resolve("hp/homeport.sock")).doesNotExist();
    }

    @Test
    void leaseThatAnotherEngineHoldsIsLeftToIt() throws Exception {
        try (LeaseStore store =
                SqliteLeaseStore.openStopped(installation.configuration().leaseStore(), "other")) {
            claim(store, HELD, "alice@example.org", now);
        }
        Ran ran = leases("release", HELD, "--disconnect");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains(HELD + " is held by a session of the engine 'other'");
        assertThat(addresses(leases("--json"))).containsExactly(HELD);
    }

    @Test
    void configurationMayBeNamedBeforeTheCommandBelow() throws Exception {
        fill();
        Ran ran = homeport("leases", "-c", installation.file().toString(), "export");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines()).hasSize(3);
    }

    @Test
    void whatIsExportedIsImportedElsewhereAsItWas() throws Exception {
        fill();
        String odd = "d\u00e4ve\ud83d\ude00\n\"\\\u0000@example.org";
        try (LeaseStore store =
                SqliteLeaseStore.openStopped(installation.configuration().leaseStore(), "homeport")) {
            claim(store, "2001:db8:100::13", odd, now.minus(Duration.ofHours(1)));
        }
        Ran export = leases("export");
        assertThat(export.exitCode()).isZero();
        assertThat(export.out().lines()).hasSize(4).allMatch(line -> line.startsWith("{\"version\":1,\"address\":"));
        Path file = Files.writeString(directory.resolve("leases.jsonl"), export.out());

        Installation first = installation;
        installation = Installation.in(directory.resolve("second"));
        Ran imported = leases("import", file.toString());
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("Taken over: 4 lease(s); 0 are there already.");
        assertThat(leases("export").out()).isEqualTo(export.out());
        assertThat(leases("import", file.toString()).out()).contains("Taken over: 0 lease(s); 4 are there already.");
        assertThat(stored(installation)).extracting(StoredLease::owner).contains(odd);
        assertThat(leases().out()).contains("\\u000a").doesNotContain("\u0000");
        assertThat(stored(first)).hasSize(4);
    }

    @Test
    void importThatIsWrongAnywhereTakesNothing() throws Exception {
        fill();
        String export = leases("export").out();
        List<StoredLease> before = stored(installation);
        Path file = directory.resolve("leases.jsonl");

        Files.writeString(
                file,
                export.replace("2001:db8:100::12", "2001:db8:100::22")
                        .replace("alice@example.org", "mallory@example.org"));
        Ran stolen = leases("import", file.toString());
        assertThat(stolen.exitCode()).isEqualTo(1);
        assertThat(stolen.err())
                .contains("Nothing was taken over:")
                .contains(file + ": line 1: identity 'mallory@example.org': in the store address " + HELD
                        + " is held by 'alice@example.org'");
        assertThat(stored(installation)).isEqualTo(before);

        Files.writeString(file, export.replace("\"prefix-length\":64", "\"prefix-length\":640") + "rubbish\n");
        Ran wrong = leases("import", file.toString());
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err())
                .contains("line 1: prefix-length '640': expected a number from 0 to 128")
                .contains("line 4: expected one JSON object");
        Ran none = leases("import", directory.resolve("none").toString());
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("none: there is no such file");
        assertThat(stored(installation)).isEqualTo(before);
    }

    @Test
    void runningDaemonIsAskedAndItsStoreIsNotImportedInto() throws Exception {
        fill();
        Path file = Files.writeString(
                directory.resolve("leases.jsonl"), leases("export").out());
        try (HomeportDaemon daemon = HomeportDaemon.start(installation.configuration())) {
            assertThat(daemon.listening()).isNotEmpty();
            Ran list = leases();
            assertThat(list.err()).isEmpty();
            // Of an earlier run: until its owner returns, or an hour is over.
            assertThat(list.out())
                    .containsPattern(HELD + "/64 +held +alice@example.org +home6 +\\S+ +2\\S+Z +- +abc-0");
            assertThat(addresses(leases("--json", "--identity", "bob*"))).containsExactly(RESTING);
            assertThat(addresses(leases(
                            "--json", "--at", now.minus(Duration.ofMinutes(90)).toString())))
                    .containsExactly(HELD, RESTING);
            Ran late = leases("--at", "2999-01-01T00:00:00Z");
            assertThat(late.exitCode()).isEqualTo(1);
            assertThat(late.err()).contains("is still to come");
            assertThat(leases("export").out()).isEqualTo(Files.readString(file));

            Ran imported = leases("import", file.toString());
            assertThat(imported.exitCode()).isEqualTo(1);
            assertThat(imported.err()).contains("the daemon has to be stopped for this", "another homeport is running");

            assertThat(leases("release", RESTING).out()).contains("Released " + RESTING);
            Ran held = leases("release", HELD);
            assertThat(held.exitCode()).isEqualTo(1);
            assertThat(held.err()).contains("of an earlier run", "--disconnect");
            assertThat(leases("release", HELD, "--disconnect").exitCode()).isZero();
            Ran gone = leases("release", HELD);
            assertThat(gone.err()).contains("has no lease");
            assertThat(addresses(leases("--json"))).containsExactly(EXPIRED);
        }
    }

    private static List<StoredLease> stored(Installation of) throws Exception {
        try (LeaseStore store = SqliteLeaseStore.openToRead(of.configuration().leaseStore())) {
            return store.read(LeaseView::all);
        }
    }
}
