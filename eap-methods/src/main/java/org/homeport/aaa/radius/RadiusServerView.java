package org.homeport.aaa.radius;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A server, to look at.
 *
 * @param since how long it has been so
 * @param outstanding requests that wait for an answer
 * @param unanswered requests that were given up
 * @param discarded packets that were no answers, by reason
 * @param latency median of the last answers
 */
public record RadiusServerView(
        String name,
        Standing standing,
        Duration since,
        int outstanding,
        long sent,
        long retransmitted,
        long answered,
        long unanswered,
        Map<String, Long> discarded,
        Optional<Duration> latency) {
    public RadiusServerView {
        discarded = Map.copyOf(discarded);
    }

    /** Whether it is asked. */
    public enum Standing {
        ALIVE,
        /** It did not answer: left alone, but for a sign of life. */
        DEAD
    }
}
