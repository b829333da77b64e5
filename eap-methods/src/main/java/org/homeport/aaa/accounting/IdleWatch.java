package org.homeport.aaa.accounting;

import java.time.Duration;
import java.time.Instant;

/**
 * Watches for silence (Idle-Timeout, RFC 2865 section 5.28) by looking at counters now and then: a session ends up to a
 * quarter later than it might.
 */
final class IdleWatch {
    private static final int LOOKS = 4;
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Duration timeout;
    private Usage usage = Usage.NONE;
    private Instant activeAt;

    IdleWatch(Duration timeout, Instant begin) {
        this.timeout = timeout;
        this.activeAt = begin;
    }

    Duration timeout() {
        return timeout;
    }

    Duration untilNextLook() {
        Duration part = timeout.dividedBy(LOOKS);
        return part.compareTo(LEAST) < 0 ? LEAST : part;
    }

    /** Whether the silence has lasted long enough. */
    boolean isOver(Usage now, Instant at) {
        if (!now.equals(usage)) {
            usage = now;
            activeAt = at;
        }
        return !at.isBefore(activeAt.plus(timeout));
    }
}
