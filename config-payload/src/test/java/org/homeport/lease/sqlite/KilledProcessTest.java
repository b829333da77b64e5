package org.homeport.lease.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.RandomSource;
import org.homeport.lease.LeasePlanner;
import org.homeport.lease.LeaseService;
import org.homeport.lease.LeaseStore;
import org.homeport.lease.LeaseTerms;
import org.homeport.lease.LeaseView;
import org.homeport.lease.PoolDefinition;
import org.homeport.lease.Pools;
import org.homeport.lease.Requests;
import org.homeport.lease.StoredLease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address that was told to anybody is in the store, with its owner, however the process ends. */
class KilledProcessTest {
    private static final int ROUNDS = 3;

    @TempDir
    private Path directory;

    @Test
    void whatWasToldBeforeAKillIsKept() throws Exception {
        Path file = directory.resolve("leases.db");
        Random random = new Random(9);
        Map<String, String> told = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            int before = told.size();
            runAndKill(file, round, 1 + random.nextInt(200), told);
            assertThat(told.size()).isGreaterThan(before);
        }

        try (LeaseStore store = SqliteLeaseStore.open(file, "ha1", Instant.EPOCH)) {
            Map<String, String> kept = new HashMap<>();
            for (StoredLease lease : store.read(LeaseView::all)) {
                assertThat(lease.state()).isEqualTo(StoredLease.State.HELD);
                kept.put(lease.address().toString(), lease.owner());
            }
            assertThat(kept).containsAllEntriesOf(told);
            assertThat(kept.values()).doesNotHaveDuplicates();
        }
    }

    /**
     * One life of the process.
     *
     * @param lines how much the process may tell before it is killed, in the middle of whatever it does then
     */
    private static void runAndKill(Path file, int round, int lines, Map<String, String> told) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Claiming.class.getName(),
                        file.toString(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            for (int i = 0; i < lines; i++) {
                read(output.readLine(), told);
            }
            // SIGKILL; unlike Process.destroyForcibly it leaves open what the process has told already.
            process.toHandle().destroyForcibly();
            assertThat(process.waitFor()).isEqualTo(128 + 9);
            String rest;
            while ((rest = output.readLine()) != null) {
                read(rest, told);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static void read(String line, Map<String, String> told) {
        assertThat(line).as("the process lives until it is killed").isNotNull();
        String[] words = line.split(" ", -1);
        // The kill may cut the last line off.
        if (words.length == 3 && words[2].equals(".")) {
            assertThat(told.put(words[0], words[1])).isIn(null, words[1]);
        }
    }

    /** Claims for one identity after the other, a few at a time, and tells each address once it was granted it. */
    static final class Claiming {
        private Claiming() {}

        public static void main(String[] arguments) throws Exception {
            Pools pools = Pools.of(List.of(PoolDefinition.of("home6", IpPrefix.parse("2001:db8:1::/116"))), Set.of());
            LeaseStore store = SqliteLeaseStore.open(Path.of(arguments[0]), "ha1", Instant.now());
            LeaseService service = LeaseService.start(
                    store,
                    new LeasePlanner(pools, Duration.ZERO, RandomSource.of(new Random(Long.parseLong(arguments[1])))),
                    LeaseTerms.DEFAULT,
                    InstantSource.system());
            for (int i = 0; i < 3_000; i++) {
                String identity = "mn" + arguments[1] + "-" + i;
                service.claim(Requests.by(identity).request(), outcome -> {
                    if (outcome instanceof LeaseOutcome.Granted granted) {
                        System.out.println(granted.leases().getFirst().address() + " " + identity + " .");
                        System.out.flush();
                    }
                });
                if (i % 8 == 0) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
            TimeUnit.MINUTES.sleep(1);
        }
    }
}
