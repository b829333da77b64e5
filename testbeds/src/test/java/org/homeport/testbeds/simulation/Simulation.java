package org.homeport.testbeds.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;

/** A virtual clock and what is to happen by it; nothing here waits. */
final class Simulation {
    final Random random;
    private Instant now = Instant.parse("2026-11-23T00:00:00Z");
    private long order;
    private final PriorityQueue<Due> due = new PriorityQueue<>();

    private record Due(Instant at, long order, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    Simulation(long seed) {
        random = new Random(seed);
    }

    Instant now() {
        return now;
    }

    void in(Duration delay, Runnable what) {
        due.add(new Due(now.plus(delay), order++, what));
    }

    /** Up to {@code limit}, uniformly. */
    Duration upTo(Duration limit) {
        return Duration.ofMillis(random.nextLong(limit.toMillis() + 1));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    void run(Duration time) {
        Instant end = now.plus(time);
        while (!due.isEmpty() && !due.peek().at().isAfter(end)) {
            Due next = due.poll();
            now = next.at();
            next.what().run();
        }
        now = end;
    }
}
