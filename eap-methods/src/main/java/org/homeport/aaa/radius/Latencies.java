package org.homeport.aaa.radius;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The last so many latencies of a server. */
final class Latencies {
    private static final int KEPT = 128;

    private final long[] nanos = new long[KEPT];
    private int count;

    void add(long latency) {
        nanos[count++ % KEPT] = latency;
    }

    Optional<Duration> median() {
        if (count == 0) {
            return Optional.empty();
        }
        long[] sorted = Arrays.copyOf(nanos, Math.min(count, KEPT));
        Arrays.sort(sorted);
        return Optional.of(Duration.ofNanos(sorted[sorted.length / 2]));
    }
}
