package org.homeport.aaa.accounting.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.accounting.AccountedSession;
import org.homeport.aaa.accounting.Accounting;
import org.homeport.aaa.accounting.AccountingExecutor;
import org.homeport.aaa.accounting.AccountingRecord;
import org.homeport.aaa.accounting.AccountingSink.Delivery;
import org.homeport.aaa.accounting.AccountingSurroundings;
import org.homeport.aaa.accounting.AccountingTerms;
import org.homeport.aaa.accounting.Authentic;
import org.homeport.aaa.accounting.InterimTiming;
import org.homeport.aaa.accounting.JournalUnavailableException;
import org.homeport.aaa.accounting.Reading;
import org.homeport.aaa.accounting.SessionOpening;
import org.homeport.aaa.accounting.TerminateCause;
import org.homeport.aaa.accounting.TrafficSource;
import org.homeport.aaa.accounting.Usage;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process, killed with SIGKILL at random moments: the AAA hears of each session one Start and one Stop. */
class KilledAccountingTest {
    /** More of them: {@code -Dhomeport.kills=20}. */
    private static final int KILLS = Integer.getInteger("homeport.kills", 4);

    @TempDir
    private Path directory;

    /** What the AAA has, repetitions put together. */
    private final Map<String, List<String>> sessions = new HashMap<>();

    private final Set<String> seen = new HashSet<>();

    @Test
    void whateverIsKilledWhenEverySessionHasOneStartAndOneStop() throws Exception {
        Path file = directory.resolve("accounting.db");
        Random random = new Random(20);
        for (int run = 0; run < KILLS; run++) {
            run(file, run, 1 + random.nextInt(120));
        }
        // An end waits for the AAA some seconds only; what it leaves, the next run delivers.
        int run = KILLS;
        do {
            run(file, run++, Integer.MAX_VALUE);
        } while (owes(file) && run < KILLS + 20);

        assertThat(sessions.size()).isGreaterThan(10);
        sessions.forEach((id, kinds) -> {
            assertThat(kinds).as(id).startsWith("Start").endsWith("Stop");
            assertThat(kinds).as(id).filteredOn("Start"::equals).hasSize(1);
            assertThat(kinds).as(id).filteredOn("Stop"::equals).hasSize(1);
        });
        assertThat(owes(file)).isFalse();
    }

    private static boolean owes(Path file) throws JournalUnavailableException {
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            return !journal.owed().isEmpty();
        }
    }

    /** @param lines how much the process may deliver before it is killed, in the middle of whatever it does then */
    private void run(Path file, int run, int lines) throws Exception {
        boolean toTheEnd = lines == Integer.MAX_VALUE;
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Engine.class.getName(),
                        file.toString(),
                        Integer.toString(run),
                        toTheEnd ? "end" : "go")
                .redirectError(toTheEnd ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            for (int i = 0; i < lines && line != null; i++) {
                read(line);
                line = i + 1 < lines ? output.readLine() : "";
            }
            if (toTheEnd) {
                assertThat(process.waitFor()).isZero();
            } else {
                process.toHandle().destroyForcibly();
                assertThat(process.waitFor()).isEqualTo(128 + 9);
                String rest;
                while ((rest = output.readLine()) != null) {
                    read(rest);
                }
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private void read(String line) {
        String[] words = line.split(" ", -1);
        // The kill may cut the last line off: then the AAA has not got it.
        if (words.length == 4 && words[3].equals(".") && seen.add(line)) {
            sessions.computeIfAbsent(words[0], id -> new ArrayList<>()).add(words[1]);
        }
    }

    /** Opens and closes sessions as fast as it can; its AAA is whoever reads its output. */
    static final class Engine implements TrafficSource {
        private Engine() {}

        public static void main(String[] arguments) throws Exception {
            int run = Integer.parseInt(arguments[1]);
            AccountingExecutor thread = new AccountingExecutor();
            AccountingIds ids = new AccountingIds("run" + run);
            Random random = new Random(run);
            SqliteJournal journal = SqliteJournal.open(Path.of(arguments[0]));
            Accounting accounting = Accounting.start(
                    new Accounting.Settings(
                            ids, Set.of("red"), AccountingTerms.of(InterimTiming.of(Duration.ofMillis(20)))),
                    journal,
                    Optional.empty(),
                    new Engine(),
                    (session, reason) -> {},
                    Map.of(),
                    new AccountingSurroundings(
                            (route, record, delay) -> told(record),
                            thread,
                            InstantSource.system(),
                            RandomSource.of(random)));
            for (int i = 0; arguments[2].equals("go"); i++) {
                accounting.opened(opening(ids, "s" + i));
                if (i >= 10) {
                    accounting.closed("s" + (i - random.nextInt(10)), TerminateCause.USER_REQUEST);
                }
                TimeUnit.MILLISECONDS.sleep(2);
            }
            accounting.end().toCompletableFuture().get(2, TimeUnit.MINUTES);
            thread.close();
            journal.close();
        }

        private static CompletionStage<Delivery> told(AccountingRecord record) {
            if (record instanceof AccountingRecord.OfSession) {
                System.out.println(record.id() + " " + record.getClass().getSimpleName() + " " + record.at() + " .");
                System.out.flush();
            }
            return CompletableFuture.completedFuture(new Delivery.Delivered());
        }

        private static SessionOpening opening(AccountingIds ids, String session) {
            String id = ids.sessionId(session);
            return new SessionOpening(
                    session,
                    new AccountedSession(
                            id,
                            id,
                            "red",
                            session + "@red",
                            Authentic.RADIUS,
                            List.of(),
                            Optional.empty(),
                            List.of(IpAddress.parse("2001:db8:100::1")),
                            List.of(),
                            new Endpoint(IpAddress.parse("2001:db8:77::2"), 500),
                            IpAddress.parse("2001:db8:2::1"),
                            InstantSource.system().instant()),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
        }

        @Override
        public CompletionStage<Reading> soFar(String session) {
            return CompletableFuture.completedFuture(new Reading(new Usage(1, 1, 1, 1), Usage.NONE, List.of()));
        }

        @Override
        public CompletionStage<Reading> last(String session) {
            return soFar(session);
        }
    }
}
