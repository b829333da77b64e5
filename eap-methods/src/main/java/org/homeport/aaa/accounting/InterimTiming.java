package org.homeport.aaa.accounting;

import java.time.Duration;
import java.util.Optional;

/**
 * How often a session's counters are told. What an operator configures is the least interval: AAA may ask for a longer
 * one, not for a shorter (RFC 5080 section 2.3.4, which softens RFC 2869 section 2.1). Where nothing is configured AAA
 * may ask for anything from 60 seconds on (RFC 2869 section 5.16).
 *
 * @param usual where AAA says nothing
 */
public record InterimTiming(Duration usual, Duration least) {
    private static final Duration RFC_LEAST = Duration.ofSeconds(60);

    public InterimTiming {
        if (least.isZero() || least.isNegative() || usual.compareTo(least) < 0) {
            throw new IllegalArgumentException("interim accounting every " + usual + ", at least " + least);
        }
    }

    /** Where nothing is configured: ten minutes, which RFC 2869 section 5.16 advises. */
    public static InterimTiming standard() {
        return new InterimTiming(Duration.ofMinutes(10), RFC_LEAST);
    }

    public static InterimTiming configured(Duration interval) {
        return new InterimTiming(interval, interval);
    }

    Duration interval(Optional<Duration> askedByAaa) {
        return askedByAaa
                .map(asked -> asked.compareTo(least) < 0 ? least : asked)
                .orElse(usual);
    }
}
