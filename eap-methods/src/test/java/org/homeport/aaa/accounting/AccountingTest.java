package org.homeport.aaa.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.aaa.accounting.House.BLUE;
import static org.homeport.aaa.accounting.House.RED;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.homeport.aaa.AaaProfile;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountingTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Endpoint ELSEWHERE = new Endpoint(IpAddress.parse("2001:db8:88::9"), 500);

    @TempDir
    private Path directory;

    private House house;

    @BeforeEach
    void makeHouse() {
        house = new House(directory);
    }

    private List<Class<?>> kinds(String route, String id) {
        return house.aaa.of(route, id).stream().<Class<?>>map(Object::getClass).toList();
    }

    private static AccountingRecord.Stop stop(List<AccountingRecord> records) {
        return (AccountingRecord.Stop) records.getLast();
    }

    @Test
    void sessionHasAStartInterimsAndAStopWithItsCounters() throws Exception {
        house.start();
        String id = house.open("a", RED, "alice@red.example", "2001:db8:100::a");
        house.use("a", 1000);
        house.time.advance(TEN_MINUTES.multipliedBy(2).plusSeconds(1));
        house.use("a", 1L << 32);
        house.accounting().closed("a", TerminateCause.USER_REQUEST);
        house.time.advance(Duration.ofSeconds(1));

        assertThat(kinds(RED, id))
                .containsExactly(
                        AccountingRecord.Start.class,
                        AccountingRecord.Interim.class,
                        AccountingRecord.Interim.class,
                        AccountingRecord.Stop.class);
        AccountingRecord.Stop stop = stop(house.aaa.of(RED, id));
        assertThat(stop.usage().inputOctets()).isEqualTo(1000 + (1L << 32));
        assertThat(stop.usage().outputOctets()).isEqualTo(2 * (1000 + (1L << 32)));
        assertThat(stop.sessionTime()).isEqualTo(Duration.ofSeconds(1201));
        assertThat(stop.cause()).isEqualTo(TerminateCause.USER_REQUEST);
        assertThat(house.journal.orElseThrow().owed()).isEmpty();
    }

    @Test
    void recordsOfARealmGoToItsOwnAaa() throws Exception {
        house.start();
        house.open(RED);
        house.open(BLUE);
        house.open(BLUE);
        house.time.advance(Duration.ofSeconds(1));
        assertThat(house.aaa.arrived.get(RED))
                .hasSize(2)
                .allMatch(r -> r.route().equals(Optional.of(RED)));
        assertThat(house.aaa.arrived.get(BLUE))
                .hasSize(3)
                .allMatch(r -> r.route().equals(Optional.of(BLUE)));
    }

    @Test
    void embeddedRealmIsForTheLocalLogAlone() throws Exception {
        house.start();
        house.open(AaaProfile.EMBEDDED);
        house.accounting().closed(house.lastSession(), TerminateCause.ADMIN_RESET);
        house.time.advance(Duration.ofSeconds(1));
        assertThat(house.aaa.arrived.values()).allMatch(records -> records.size() == 1);
        assertThat(house.cdrLines())
                .hasSize(3)
                .last(InstanceOfAssertFactories.STRING)
                .contains("\"route\":\"embedded\"", "\"cause\":\"admin-reset\"");
        assertThat(house.journal.orElseThrow().owed()).isEmpty();
    }

    @Test
    void aaaHearsOnFirstAndOffLast() throws Exception {
        house.start();
        house.open(RED);
        house.time.advance(Duration.ofSeconds(1));
        house.accounting().closed(house.lastSession(), TerminateCause.USER_REQUEST);
        house.end();
        assertThat(house.aaa.arrived.get(RED).stream().map(AccountingRecord::statusType))
                .containsExactly(7, 1, 2, 8);
        assertThat(house.aaa.arrived.get(BLUE).stream().map(AccountingRecord::statusType))
                .containsExactly(7, 8);
    }

    @Test
    void orderlyEndStopsWhatIsStillOpen() throws Exception {
        house.start();
        String id = house.open(RED);
        house.use(house.lastSession(), 7);
        house.time.advance(TEN_MINUTES);
        house.end();
        assertThat(stop(house.aaa.of(RED, id)).cause()).isEqualTo(TerminateCause.ADMIN_REBOOT);
        assertThat(stop(house.aaa.of(RED, id)).usage().inputOctets()).isEqualTo(7);
        house.start();
        house.time.advance(Duration.ofSeconds(1));
        house.aaa.hasAllStops(RED, 1);
    }

    @Test
    void awayForFiveMinutesAndKilledNothingIsMissedOrDoubled() throws Exception {
        house.terms = AccountingTerms.of(InterimTiming.of(Duration.ofMinutes(1)));
        house.start();
        String alice = house.open("a", RED, "alice@red.example", "2001:db8:100::a");
        house.time.advance(Duration.ofSeconds(61));
        house.aaa.away.add(RED);
        house.use("a", 500);
        String bob = house.open("b", RED, "bob@red.example", "2001:db8:100::b");
        String carol = house.open("c", BLUE, "carol@blue.example", "2001:db8:100::c");
        house.time.advance(Duration.ofSeconds(100));
        house.accounting().closed("b", TerminateCause.LOST_CARRIER);
        house.time.advance(Duration.ofSeconds(50));

        house.kill();
        house.time.advance(Duration.ofSeconds(20));
        house.start();
        house.time.advance(Duration.ofSeconds(150));
        assertThat(house.aaa.of(RED, bob)).isEmpty();
        assertThat(kinds(BLUE, carol)).as("another realm does not wait").endsWith(AccountingRecord.Stop.class);
        house.aaa.away.clear();
        house.time.advance(Duration.ofSeconds(80));

        house.aaa.hasAllStops(RED, 2);
        house.aaa.hasAllStops(BLUE, 1);
        assertThat(stop(house.aaa.of(RED, alice)).cause()).isEqualTo(TerminateCause.NAS_REBOOT);
        assertThat(stop(house.aaa.of(RED, alice)).usage().inputOctets()).isEqualTo(500);
        assertThat(stop(house.aaa.of(RED, bob)).cause()).isEqualTo(TerminateCause.LOST_CARRIER);
        assertThat(house.aaa.distinct(RED).getLast().statusType())
                .as("On comes behind the earlier run's")
                .isEqualTo(7);
        assertThat(house.journal.orElseThrow().owed()).isEmpty();
        assertThat(house.aaa.delays).anyMatch(delay -> delay.compareTo(Duration.ofMinutes(4)) > 0);
    }

    @Test
    void countersThatRanOnAfterAKillAreInTheStop() throws Exception {
        house.start();
        String id = house.open("a", RED, "alice@red.example", "2001:db8:100::a");
        house.use("a", 100);
        house.time.advance(TEN_MINUTES);
        house.kill();
        house.time.advance(Duration.ofSeconds(5));
        house.left.put("sa-" + id, new Usage(150, 3, 300, 4));
        house.start();
        house.time.advance(Duration.ofSeconds(1));
        AccountingRecord.Stop stop = stop(house.aaa.of(RED, id));
        assertThat(stop.usage()).isEqualTo(new Usage(150, 3, 300, 4));
        assertThat(stop.sessionTime()).isEqualTo(TEN_MINUTES.plusSeconds(5));
    }

    @Test
    void stopAfterAKillHasTheLastKnownTimeAndCounters() throws Exception {
        house.start();
        String id = house.open("a", RED, "alice@red.example", "2001:db8:100::a");
        house.use("a", 100);
        house.time.advance(TEN_MINUTES.plusSeconds(100));
        house.use("a", 100);
        house.kill();
        house.start();
        house.time.advance(Duration.ofSeconds(1));
        AccountingRecord.Stop stop = stop(house.aaa.of(RED, id));
        assertThat(stop.usage().inputOctets()).isEqualTo(100);
        assertThat(stop.sessionTime()).isEqualTo(TEN_MINUTES);
    }

    @Test
    void movingTellsTheNewCareOfAddressAtOnce() throws Exception {
        house.start();
        String id = house.open("a", RED, "alice@red.example", "2001:db8:100::a");
        house.time.advance(Duration.ofSeconds(30));
        house.accounting().changed("a", ELSEWHERE);
        house.time.advance(Duration.ofSeconds(1));
        assertThat(house.aaa.of(RED, id))
                .last(InstanceOfAssertFactories.type(AccountingRecord.Interim.class))
                .satisfies(interim -> assertThat(interim.session().careOf()).isEqualTo(ELSEWHERE));
        house.accounting().changed("a", new Endpoint(ELSEWHERE.address(), 4500));
        house.time.advance(Duration.ofSeconds(1));
        assertThat(house.aaa.of(RED, id)).as("other port, same place").hasSize(2);
    }

    @Test
    void sessionIsContinuedByTheNextWithItsUserAndHomeAddress() throws Exception {
        house.start();
        String first = house.open("a", RED, "alice@red.example", "2001:db8:100::a");
        String again = house.open("b", RED, "alice@red.example", "2001:db8:100::a");
        house.accounting().closed("a", TerminateCause.USER_REQUEST);
        house.time.advance(Duration.ofMinutes(30));
        house.kill();
        house.start();
        String afterKill = house.open("c", RED, "alice@red.example", "2001:db8:100::a");
        String other = house.open("d", RED, "alice@red.example", "2001:db8:100::d");
        house.accounting().closed("c", TerminateCause.USER_REQUEST);
        house.time.advance(Duration.ofMinutes(16));
        String tooLate = house.open("e", RED, "alice@red.example", "2001:db8:100::a");
        house.time.advance(Duration.ofSeconds(1));

        assertThat(List.of(first, again, afterKill))
                .allSatisfy(id -> assertThat(multiId(id)).isEqualTo(first));
        assertThat(multiId(other)).isEqualTo(other);
        assertThat(multiId(tooLate)).isEqualTo(tooLate);
        assertThat(house.journal.orElseThrow().sessions().stream()
                        .map(kept -> kept.session().id()))
                .as("nothing older is kept")
                .containsExactlyInAnyOrder(other, tooLate);
    }

    private String multiId(String id) {
        return ((AccountingRecord.OfSession) house.aaa.of(RED, id).getFirst())
                .session()
                .multiId();
    }

    @Test
    void silenceEndsASessionAndTrafficDoesNot() throws Exception {
        house.start();
        house.open("a", RED, "alice@red.example", "2001:db8:100::a", Optional.of(Duration.ofSeconds(60)));
        for (int i = 0; i < 10; i++) {
            house.use("a", 1);
            house.time.advance(Duration.ofSeconds(40));
        }
        assertThat(house.idle).isEmpty();
        house.time.advance(Duration.ofSeconds(40));
        assertThat(house.idle).containsExactly("a");
    }

    @Test
    void aaaSaysHowOftenButNotMoreOftenThanEveryMinuteOrWhatIsUsual() {
        InterimTiming timing = InterimTiming.of(Duration.ofMinutes(5));
        assertThat(timing.interval(Optional.empty())).contains(Duration.ofMinutes(5));
        assertThat(timing.interval(Optional.of(Duration.ofMinutes(7)))).contains(Duration.ofMinutes(7));
        assertThat(timing.interval(Optional.of(Duration.ofSeconds(2)))).contains(Duration.ofMinutes(1));
        InterimTiming often = InterimTiming.of(Duration.ofSeconds(5));
        assertThat(often.interval(Optional.of(Duration.ofSeconds(2)))).contains(Duration.ofSeconds(5));
        InterimTiming never = InterimTiming.of(Duration.ZERO);
        assertThat(never.interval(Optional.empty())).isEmpty();
        assertThat(never.interval(Optional.of(Duration.ofMinutes(2)))).contains(Duration.ofMinutes(2));
    }

    @Test
    void fullQueueOfOneRouteIsNoConcernOfAnother() throws Exception {
        house.terms = new AccountingTerms(
                InterimTiming.of(Duration.ofMinutes(1)),
                40,
                Duration.ofMinutes(15),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        house.aaa.away.add(RED);
        house.start();
        for (int i = 0; i < 60; i++) {
            house.open(RED);
            house.time.advance(Duration.ofSeconds(1));
        }
        String carol = house.open("c", BLUE, "carol@blue.example", "2001:db8:100::c");
        house.time.advance(Duration.ofSeconds(61));
        house.accounting().closed("c", TerminateCause.USER_REQUEST);
        house.time.advance(Duration.ofSeconds(1));
        assertThat(kinds(BLUE, carol))
                .containsExactly(
                        AccountingRecord.Start.class, AccountingRecord.Interim.class, AccountingRecord.Stop.class);
    }

    @Test
    void fullQueueLeavesOutInterimsThenNewSessionsAndNeverAStop() throws Exception {
        house.terms = new AccountingTerms(
                InterimTiming.of(Duration.ofMinutes(1)),
                40,
                Duration.ofMinutes(15),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        house.aaa.away.add(RED);
        house.start();
        for (int i = 0; i < 60; i++) {
            house.open(RED);
            house.time.advance(Duration.ofSeconds(1));
        }
        house.time.advance(Duration.ofMinutes(2));
        for (int i = 1; i <= 60; i++) {
            house.accounting().closed("s" + i, TerminateCause.USER_REQUEST);
        }
        house.time.advance(Duration.ofSeconds(1));
        assertThat(house.accounting().backlogs())
                .filteredOn(backlog -> backlog.route().equals(RED))
                .singleElement()
                .satisfies(backlog -> {
                    assertThat(backlog.records()).isLessThan(80);
                    assertThat(backlog.trouble()).contains("no answer from " + RED);
                    assertThat(backlog.oldest()).contains(Instant.parse("2026-11-23T08:00:00Z"));
                });
        house.aaa.away.clear();
        house.time.advance(Duration.ofMinutes(2));
        house.aaa.hasOrderedSessions(RED);
        long starts = house.aaa.distinct(RED).stream()
                .filter(AccountingRecord.Start.class::isInstance)
                .count();
        assertThat(starts).isBetween(30L, 40L);
        house.aaa.hasAllStops(RED, (int) starts);
        assertThat(house.cdrLines())
                .filteredOn(line -> line.contains("\"stop\""))
                .as("all are in the log")
                .hasSize(60);
        assertThat(house.accounting().backlogs()).allMatch(backlog -> backlog.records() == 0);
    }

    @Test
    void callDetailLogSaysWhatTheRecordSays() throws Exception {
        house.start();
        house.open("a", RED, "al\"ice\n@red.example", "2001:db8:100::a");
        house.use("a", 5);
        house.time.advance(Duration.ofSeconds(9));
        house.accounting().closed("a", TerminateCause.SESSION_TIMEOUT);
        house.time.advance(Duration.ofSeconds(1));
        assertThat(house.cdrLines().getLast())
                .isEqualTo("{\"record\":\"stop\",\"at\":\"2026-11-23T08:00:09Z\",\"nas\":\"ha.example.org\","
                        + "\"session\":\"run1-a\",\"multi-session\":\"run1-a\",\"route\":\"red.example\","
                        + "\"user\":\"al\\\"ice\\u000a@red.example\",\"authenticated-by\":\"radius\","
                        + "\"chargeable-user-identity\":\"637569\","
                        + "\"classes\":[\"636c617373206f6620616c226963650a407265642e6578616d706c65\",\"00ff\"],"
                        + "\"home-addresses\":[\"2001:db8:100::a\"],\"home-prefixes\":[\"2001:db8:100::/64\"],"
                        + "\"care-of\":\"[2001:db8:77::2]:4500\",\"home-agent\":\"2001:db8:2::1\","
                        + "\"began\":\"2026-11-23T08:00:00Z\",\"seconds\":9,\"input-octets\":5,\"input-packets\":1,"
                        + "\"output-octets\":10,\"output-packets\":2,\"cause\":\"session-timeout\"}");
    }

    @Test
    void callDetailLogIsMadeAnewWhenItWasMovedAway() throws Exception {
        house.start();
        house.open(RED);
        house.time.advance(Duration.ofSeconds(1));
        Path moved = directory.resolve("cdr.jsonl.1");
        Files.move(house.cdr, moved);
        house.open(RED);
        house.time.advance(Duration.ofSeconds(1));
        assertThat(moved).content().contains("run1-s1").doesNotContain("run1-s2");
        assertThat(house.cdr).content().contains("run1-s2").doesNotContain("run1-s1");
    }
}
