package org.homeport.aaa.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.aaa.accounting.House.BLUE;
import static org.homeport.aaa.accounting.House.RED;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.homeport.aaa.accounting.sqlite.SqliteJournal;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions of two realms come, move and go; AAAs are away, answer and lose answers; the process is killed anywhere, also
 * in the middle of a write. However that goes: of each session one Start, Interims in order, one Stop.
 */
class AccountingSimulationTest {
    private static final int EVENTS = 250;

    @TempDir
    private Path directory;

    private House house;
    private Random random;
    private final List<String> open = new ArrayList<>();
    /** What sessions had used when they were closed, in runs that lived on for a while. */
    private final Map<String, Usage> closedWith = new HashMap<>();

    private int kills;

    /** More of them: {@code -Dhomeport.seeds=100}. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("homeport.seeds", 4));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySessionHasOneStartAndOneStop(long seed) throws Exception {
        random = new Random(seed);
        house = new House(directory);
        house.terms = AccountingTerms.of(InterimTiming.of(Duration.ofMinutes(1)));
        start();
        for (int i = 0; i < EVENTS; i++) {
            try {
                event();
                house.time.advance(Duration.ofMillis(random.nextInt(20_000)));
            } catch (FragileJournal.Killed e) {
                killed();
            }
        }
        house.kill();
        house.aaa.away.clear();
        house.start();
        house.time.advance(Duration.ofMinutes(3));

        assertThat(kills).isGreaterThan(2);
        for (String route : List.of(RED, BLUE)) {
            house.aaa.hasOrderedSessions(route);
            List<AccountingRecord> all = house.aaa.distinct(route);
            assertThat(all)
                    .filteredOn(AccountingRecord.Stop.class::isInstance)
                    .as("as many as have begun")
                    .hasSize((int) all.stream()
                            .filter(AccountingRecord.Start.class::isInstance)
                            .count())
                    .hasSizeGreaterThan(10)
                    .allSatisfy(record -> hasItsCounters((AccountingRecord.Stop) record));
        }
        assertThat(house.journal.orElseThrow().owed()).isEmpty();
        Set<String> lines = new HashSet<>(house.cdrLines());
        assertThat(lines)
                .filteredOn(line -> line.contains("\"record\":\"stop\""))
                .hasSize((int) lines.stream()
                        .filter(line -> line.contains("\"record\":\"start\""))
                        .count());
    }

    private void hasItsCounters(AccountingRecord.Stop stop) {
        if (stop.cause() == TerminateCause.USER_REQUEST) {
            assertThat(stop.usage()).as(stop.id()).isEqualTo(closedWith.get(stop.id()));
        }
    }

    private void start() throws Exception {
        open.clear();
        FragileJournal journal = new FragileJournal(SqliteJournal.open(house.queue), random, 60);
        house.nextRun();
        house.start(journal);
    }

    private void killed() throws Exception {
        kills++;
        house.kill();
        house.time.advance(Duration.ofSeconds(random.nextInt(30)));
        start();
    }

    private void event() throws Exception {
        String route = random.nextBoolean() ? RED : BLUE;
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                house.open(route);
                open.add(house.lastSession());
            }
            case 3, 4 -> open.forEach(session -> house.use(session, random.nextInt(1000)));
            case 5 -> close();
            case 6 -> {
                if (!house.aaa.away.remove(route)) {
                    house.aaa.away.add(route);
                }
            }
            default -> {
                if (random.nextInt(6) == 0) {
                    killed();
                } else {
                    open.forEach(session -> house.accounting().changed(session, house.elsewhere(random.nextInt(9))));
                }
            }
        }
    }

    private void close() {
        if (!open.isEmpty()) {
            String session = open.remove(random.nextInt(open.size()));
            closedWith.put(house.idOf(session), house.usage.getOrDefault(session, Usage.NONE));
            house.accounting().closed(session, TerminateCause.USER_REQUEST);
        }
    }
}
