package org.homeport.aaa.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.aaa.accounting.House.BLUE;
import static org.homeport.aaa.accounting.House.RED;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.homeport.kit.RandomSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteQueueTest {
    @TempDir
    private Path directory;

    private House house;

    @BeforeEach
    void makeHouse() {
        house = new House(directory);
        house.terms = AccountingTerms.of(InterimTiming.of(Duration.ofMinutes(1)));
    }

    @Test
    void waitsDoubleFromTwoSecondsToSixteenGiveOrTakeATenth() {
        BackOff backOff = new BackOff(RandomSource.of(new Random(4)));
        List<Integer> expected = List.of(2, 4, 8, 16, 16, 16);
        for (int i = 0; i < 600; i++) {
            int failures = i % 6 + 1;
            long millis = expected.get(failures - 1) * 1000L;
            assertThat(backOff.after(failures).toMillis()).isBetween(millis * 9 / 10, millis * 11 / 10);
        }
    }

    @Test
    void silentAaaIsAskedForOneRecordAtATime() throws Exception {
        house.aaa.away.add(RED);
        house.start();
        for (int i = 0; i < 50; i++) {
            house.open(RED);
        }
        house.time.advance(Duration.ofMinutes(4));
        // Two realms' On, and of one the repetitions: each takes 30 seconds, and up to 18 until the next.
        assertThat(house.aaa.attempts).isBetween(6, 8);
        house.aaa.away.clear();
        house.time.advance(Duration.ofMinutes(1));
        assertThat(house.aaa.arrived.get(RED).getFirst().statusType()).isEqualTo(7);
        house.aaa.hasOrderedSessions(RED);
    }

    @Test
    void clockThatIsPutBackHoldsUpNothing() throws Exception {
        house.aaa.away.add(RED);
        house.start();
        String id = house.open(RED);
        house.time.advance(Duration.ofSeconds(31));
        house.time.putBack(Duration.ofHours(2));
        house.aaa.away.clear();
        house.time.advance(Duration.ofSeconds(30));
        assertThat(house.aaa.of(RED, id)).isNotEmpty();
        house.use(house.lastSession(), 9);
        house.accounting().closed(house.lastSession(), TerminateCause.USER_REQUEST);
        house.time.advance(Duration.ofSeconds(30));
        house.aaa.hasAllStops(RED, 1);
    }

    @Test
    void manySessionsAreDeliveredAtOnce() throws Exception {
        house.start();
        house.time.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 320; i++) {
            house.open(RED);
        }
        // Ten windows of 32, twice 10 ms on the way.
        house.time.advance(Duration.ofMillis(210));
        assertThat(house.aaa.arrived.get(RED)).hasSize(321);
    }

    @Test
    void onlyTheNewestUndeliveredInterimIsKept() throws Exception {
        house.start();
        String id = house.open(RED);
        house.time.advance(Duration.ofSeconds(30));
        house.aaa.away.add(RED);
        for (int i = 0; i < 10; i++) {
            house.use(house.lastSession(), 1);
            house.time.advance(Duration.ofMinutes(1));
        }
        assertThat(house.journal.orElseThrow().owed()).hasSizeBetween(1, 2);
        house.aaa.away.clear();
        house.time.advance(Duration.ofSeconds(50));
        assertThat(house.aaa.of(RED, id)).hasSizeBetween(2, 3).last().isInstanceOf(AccountingRecord.Interim.class);
        assertThat(((AccountingRecord.Interim) house.aaa.of(RED, id).getLast())
                        .usage()
                        .inputOctets())
                .isEqualTo(10);
    }

    @Test
    void recordThatIsNeverAcknowledgedHoldsUpItsOwnSessionAlone() throws Exception {
        house.start();
        String stuck = house.open(RED);
        house.aaa.ignored = record -> record.id().equals(stuck);
        for (int i = 0; i < 20; i++) {
            house.open(RED);
            house.time.advance(Duration.ofSeconds(20));
        }
        house.time.advance(Duration.ofMinutes(2));
        assertThat(house.aaa.of(RED, stuck)).isEmpty();
        assertThat(house.aaa.distinct(RED))
                .filteredOn(AccountingRecord.Start.class::isInstance)
                .hasSize(20);
        house.aaa.ignored = record -> false;
        house.time.advance(Duration.ofMinutes(2));
        assertThat(house.aaa.of(RED, stuck)).isNotEmpty();
        house.aaa.hasOrderedSessions(RED);
    }

    @Test
    void serverThatNeverAcknowledgesOnGetsTheRestAfterAWhile() throws Exception {
        house.aaa.ignored = AccountingRecord.On.class::isInstance;
        house.start();
        house.open(RED);
        house.time.advance(Duration.ofMinutes(5));
        assertThat(house.aaa.arrived).as("On comes first").doesNotContainKey(RED);
        for (int i = 0; i < 30; i++) {
            house.open(RED);
            house.open(BLUE);
            house.time.advance(Duration.ofMinutes(1));
        }
        house.aaa.hasOrderedSessions(RED);
        assertThat(house.aaa.distinct(RED))
                .filteredOn(AccountingRecord.Start.class::isInstance)
                .hasSize(31);
        assertThat(house.journal.orElseThrow().owed()).noneMatch(owed -> owed.record() instanceof AccountingRecord.On);
    }
}
