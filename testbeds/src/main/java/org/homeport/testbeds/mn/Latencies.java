package org.homeport.testbeds.mn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long each of many things took. For any thread. */
final class Latencies {
    private final List<Duration> all = Collections.synchronizedList(new ArrayList<>());

    void add(Duration took) {
        all.add(took);
    }

    int count() {
        return all.size();
    }

    /** As "median 12 ms, 90 % within 20 ms, all within 31 ms". */
    String summary() {
        if (all.isEmpty()) {
            return "none";
        }
        return "median %d ms, 90 %% within %d ms, all within %d ms".formatted(within(50), within(90), within(100));
    }

    /**
     * In how many milliseconds a part of them was done.
     *
     * @param percent above 0, at most 100
     */
    long within(int percent) {
        List<Duration> sorted;
        synchronized (all) {
            sorted = all.stream().sorted().toList();
        }
        int rank = Math.max(1, (int) Math.ceil(sorted.size() * percent / 100.0));
        return sorted.get(rank - 1).toMillis();
    }
}
