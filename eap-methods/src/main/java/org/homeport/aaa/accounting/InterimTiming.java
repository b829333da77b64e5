package org.homeport.aaa.accounting;

import java.time.Duration;
import java.util.Optional;

/**
 * How often a session's counters are told: as its AAA asks (Acct-Interim-Interval), but not more often than {@code least};
 * as is usual here where it does not ask. The usual interval is not the local value that would overrule every AAA (RFC
 * 2869 section 2.1); with {@code least} an operator keeps AAAs from asking for too much (RFC 5080 section 2.3.4).
 *
 * @param usual empty: only the AAA's wish makes records
 */
public record InterimTiming(Optional<Duration> usual, Duration least) {
    /** RFC 2869 section 5.16: "The value MUST NOT be smaller than 60". */
    private static final Duration RFC_LEAST = Duration.ofSeconds(60);

    public InterimTiming {
        if (!least.isPositive()
                || usual.filter(interval -> interval.compareTo(least) < 0).isPresent()) {
            throw new IllegalArgumentException("interim accounting every " + usual + ", at least every " + least);
        }
    }

    /** @param interval usual one; below a minute it is the least one too; zero: never */
    public static InterimTiming of(Duration interval) {
        return interval.isZero()
                ? new InterimTiming(Optional.empty(), RFC_LEAST)
                : new InterimTiming(Optional.of(interval), interval.compareTo(RFC_LEAST) < 0 ? interval : RFC_LEAST);
    }

    /** @return empty: never */
    Optional<Duration> interval(Optional<Duration> askedByAaa) {
        return askedByAaa
                .map(asked -> asked.compareTo(least) < 0 ? least : asked)
                .or(() -> usual);
    }
}
