package org.homeport.daemon;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.homeport.kit.RandomSource;

/** Correlation ids: a few letters of this run, then a number. */
final class SessionIds implements Supplier<String> {
    private static final int RUNS = 36 * 36 * 36;

    private final String run;
    private final AtomicLong last = new AtomicLong();

    SessionIds(RandomSource random) {
        this.run = Integer.toString(RUNS + random.below(RUNS), 36).substring(1);
    }

    @Override
    public String get() {
        return run + "-" + last.incrementAndGet();
    }
}
