package org.homeport.aaa.accounting;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that is set by hand, and threads that run when it is. */
final class VirtualTime implements InstantSource {
    private Instant now = Instant.parse("2026-11-23T08:00:00Z");
    private Duration putBack = Duration.ZERO;
    private long order;
    private final PriorityQueue<Step> steps =
            new PriorityQueue<>(Comparator.comparing(Step::at).thenComparing(Step::order));

    private record Step(Instant at, long order, Thread thread, Runnable step) {}

    /** One process's accounting thread. */
    final class Thread implements AccountingThread {
        private boolean dead;

        @Override
        public void execute(Runnable step) {
            after(Duration.ZERO, step);
        }

        @Override
        public Timer after(Duration delay, Runnable step) {
            Step later = new Step(now.plus(delay), order++, this, step);
            steps.add(later);
            return () -> steps.remove(later);
        }

        /** The process is gone in the middle of whatever it does. */
        void kill() {
            dead = true;
        }
    }

    Thread thread() {
        return new Thread();
    }

    @Override
    public Instant instant() {
        return now.minus(putBack);
    }

    /** Somebody sets the clock; timers go on. */
    void putBack(Duration by) {
        putBack = putBack.plus(by);
    }

    void advance(Duration duration) {
        Instant until = now.plus(duration);
        while (!steps.isEmpty() && !steps.peek().at().isAfter(until)) {
            one();
        }
        now = until;
    }

    /** Everything that is to be done now. */
    void settle() {
        advance(Duration.ZERO);
    }

    /** The next step of all. */
    void one() {
        Step step = steps.remove();
        now = step.at().isAfter(now) ? step.at() : now;
        if (!step.thread().dead) {
            step.step().run();
        }
    }
}
