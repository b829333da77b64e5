package org.homeport.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.AaaProfile;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.accounting.AccountedSession;
import org.homeport.aaa.accounting.AccountingRecord;
import org.homeport.aaa.accounting.AccountingSink.Delivery;
import org.homeport.aaa.accounting.Authentic;
import org.homeport.aaa.accounting.Backlog;
import org.homeport.aaa.accounting.TerminateCause;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;
import org.homeport.daemon.HomeportDaemon.Part;
import org.homeport.daemon.config.AccountingSettings;
import org.homeport.daemon.observe.AaaReport;
import org.homeport.daemon.observe.Json;
import org.homeport.daemon.observe.Metrics;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.runtime.EngineCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionAccountingTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Endpoint COA = new Endpoint(IpAddress.parse("2001:db8:77::2"), 4500);
    private static final Endpoint ELSEWHERE = new Endpoint(IpAddress.parse("2001:db8:88::3"), 4500);

    @TempDir
    private Path directory;

    private final Deque<Part> parts = new ArrayDeque<>();
    private final Grants grants = new Grants();
    private final ConcurrentLinkedQueue<AccountingRecord> delivered = new ConcurrentLinkedQueue<>();

    private AccountingSide open() throws Exception {
        return AccountingSide.open(
                new AccountingSettings(
                        Duration.ofMinutes(10),
                        directory.resolve("new/accounting.db"),
                        Optional.of(directory.resolve("cdr.jsonl"))),
                new AccountingSide.Aaa(
                        "ha.example.org",
                        (route, record, delay) -> {
                            delivered.add(record);
                            return CompletableFuture.completedFuture(new Delivery.Delivered());
                        },
                        Set.of("home.example"),
                        identity ->
                                identity.endsWith("@home.example") ? Optional.of("home.example") : Optional.empty()),
                new AccountingIds("b007"),
                SaSide.none(),
                grants,
                InstantSource.fixed(NOW),
                RandomSource.of(new Random(1)),
                parts);
    }

    private static SessionSummary summary(String session, String identity, Endpoint careOf) {
        return new SessionSummary(
                session,
                "nodes",
                PeerIdentity.parse("anonymous@home.example"),
                Authorization.of(identity),
                new org.homeport.core.session.Path(
                        new Endpoint(IpAddress.parse("2001:db8:2::1"), 4500), careOf, Framing.NON_ESP_MARKER),
                1,
                2,
                "suite",
                List.of(
                        new SessionSummary.HomeAddress(IpAddress.parse("2001:db8:100::a"), 64),
                        new SessionSummary.HomeAddress(IpAddress.parse("192.0.2.9"), 32)),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private static AaaGrant grant(String route) {
        AaaProfile plain = AaaProfile.of(route);
        AaaProfile profile = new AaaProfile(
                route,
                Optional.of(Duration.ofMinutes(1)),
                plain.interimInterval(),
                List.of(Octets.utf8("gold")),
                Optional.of(Octets.utf8("bill-17")),
                plain.filters(),
                plain.framedPrefixes(),
                plain.interfaceId(),
                plain.delegatedPrefixes(),
                plain.dns(),
                plain.mip6Features(),
                plain.homeLinkPrefix(),
                plain.eapKeyName());
        return new AaaGrant("alice@home.example", Optional.empty(), List.of(), List.of(), List.of(), profile);
    }

    private List<AccountingRecord> of(String session) {
        return delivered.stream()
                .filter(record -> record.id().equals("b007-" + session))
                .toList();
    }

    @Test
    void sessionIsAccountedWithWhatItsAaaGranted() throws Exception {
        SessionAccounting listener = open().listener();
        grants.expect("s1");
        grants.put("s1", new Grants.Granted(grant("home.example"), "MSCHAPV2", Grants.Proof.BY_AAA, "nodes"));
        listener.established("s1", new Output.Established(summary("s1", "alice@home.example", COA)));
        listener.changed("s1", summary("s1", "alice@home.example", ELSEWHERE));
        HomeportDaemon.end(parts);

        assertThat(of("s1").stream().map(AccountingRecord::statusType)).containsExactly(1, 3, 2);
        AccountedSession session = ((AccountingRecord.Start) of("s1").getFirst()).session();
        assertThat(session.userName()).isEqualTo("alice@home.example");
        assertThat(session.authentic()).isEqualTo(Authentic.RADIUS);
        assertThat(session.classes()).containsExactly(Octets.utf8("gold"));
        assertThat(session.chargeableUserIdentity()).contains(Octets.utf8("bill-17"));
        assertThat(session.homeAddresses()).hasSize(2);
        assertThat(session.homePrefixes()).containsExactly(IpPrefix.parse("2001:db8:100::/64"));
        assertThat(session.careOf()).isEqualTo(COA);
        assertThat(((AccountingRecord.Stop) of("s1").getLast()).session().careOf())
                .isEqualTo(ELSEWHERE);
        assertThat(delivered.stream().map(AccountingRecord::statusType))
                .startsWith(7)
                .endsWith(8);
        assertThat(Files.readAllLines(directory.resolve("cdr.jsonl"))).hasSize(5);
    }

    @Test
    void peerThatProvedItselfToUsIsAccountedToItsRealm() throws Exception {
        SessionAccounting listener = open().listener();
        listener.established("s1", new Output.Established(summary("s1", "carol@home.example", COA)));
        listener.established("s2", new Output.Established(summary("s2", "C=AT, CN=dave", COA)));
        listener.closed("s1", new Output.Closed("gone", Output.Cause.PEER_DELETED));
        listener.closed("s2", new Output.Closed("gone", Output.Cause.PEER_LOST));
        listener.closed("s3", new Output.Closed("never was", Output.Cause.NEVER_ESTABLISHED));
        HomeportDaemon.end(parts);

        assertThat(of("s1")).hasSize(2).last().isInstanceOfSatisfying(AccountingRecord.Stop.class, stop -> {
            assertThat(stop.session().authentic()).isEqualTo(Authentic.LOCAL);
            assertThat(stop.cause()).isEqualTo(TerminateCause.USER_REQUEST);
        });
        assertThat(of("s2")).as("no AAA has anything to do with it").isEmpty();
        assertThat(Files.readString(directory.resolve("cdr.jsonl")))
                .contains("\"user\":\"C=AT, CN=dave\"", "\"cause\":\"lost-carrier\"")
                .doesNotContain("b007-s3");
    }

    @Test
    void backlogIsInMetricsAndStatus() throws Exception {
        AccountingSide side = open();
        Metrics metrics = new Metrics(new EngineCounters(), List::of);
        metrics.accounting(side::backlogs, InstantSource.fixed(NOW));
        assertThat(metrics.page())
                .contains(
                        "homeport_accounting_queued{route=\"home.example\"}",
                        "homeport_accounting_oldest_seconds{route=\"home.example\"}");
        HomeportDaemon.end(parts);
        Backlog waiting = new Backlog("home.example", 3, Optional.of(NOW.minusSeconds(90)), Optional.of("no answer"));
        assertThat(Json.write(AaaReport.backlog(waiting, NOW)))
                .isEqualTo("{\"route\":\"home.example\",\"records\":3,\"oldest-seconds\":90,"
                        + "\"trouble\":\"no answer\"}");
    }

    @Test
    void everyCauseHasItsNumber() {
        assertThat(List.of(Output.Cause.values()))
                .filteredOn(cause -> SessionAccounting.cause(cause) == TerminateCause.NAS_REBOOT)
                .as("kept for the run after a crash")
                .isEmpty();
        assertThat(SessionAccounting.cause(Output.Cause.IDLE).code()).isEqualTo(4);
        assertThat(SessionAccounting.cause(Output.Cause.AUTHORIZATION_EXPIRED).code())
                .isEqualTo(5);
        assertThat(SessionAccounting.cause(Output.Cause.ADMIN_RESET).code()).isEqualTo(6);
        assertThat(SessionAccounting.cause(Output.Cause.SHUTDOWN).code()).isEqualTo(7);
    }

    @Test
    void grantIsHereUntilTheSessionIsClosed() {
        grants.expect("s1");
        grants.put("s1", new Grants.Granted(grant("home.example"), "MSCHAPV2", Grants.Proof.BY_AAA, "nodes"));
        assertThat(grants.find("s1")).isPresent();
        grants.closed("s1", new Output.Closed("gone", Output.Cause.PEER_DELETED));
        assertThat(grants.find("s1")).isEmpty();
    }

    @Test
    void queueOfAnotherProgramIsRefusedWithItsName() throws Exception {
        Files.createDirectories(directory.resolve("new"));
        Files.writeString(
                directory.resolve("new/accounting.db"), "this is no database, and long enough to be one".repeat(40));
        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(this::open)
                .withMessageContaining("accounting queue")
                .withMessageContaining("accounting.db");
        HomeportDaemon.end(parts);
    }
}
