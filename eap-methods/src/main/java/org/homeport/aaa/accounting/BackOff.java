package org.homeport.aaa.accounting;

import java.time.Duration;
import org.homeport.kit.RandomSource;

/**
 * Waits between attempts: 2 seconds, doubling up to 16, each by up to a tenth longer or shorter, so that many clients do
 * not come at once (RFC 5080 section 2.2.1). There is no last attempt: accounting is sent until it is acknowledged.
 */
record BackOff(RandomSource random) {
    /** No wait is longer. */
    static final Duration LONGEST = Duration.ofSeconds(18);

    private static final int FIRST_MILLIS = 2_000;
    private static final int DOUBLINGS = 3;

    /** @param failures so far, 1 or more */
    Duration after(int failures) {
        int millis = FIRST_MILLIS << Math.min(failures - 1, DOUBLINGS);
        return Duration.ofMillis(millis - millis / 10 + random.below(millis / 5 + 1));
    }
}
