package org.homeport.core.policy;

import java.time.Duration;
import java.util.List;

/**
 * The times of a connection. Rekey times are shortened at random by up to a tenth.
 *
 * @param retransmits waits before the 1st, 2nd, ... retransmission, then before giving up
 * @param halfOpen how long a responder waits for an initial exchange to finish
 * @param liveness silence after which the peer is probed; zero: never
 * @param rekeyIke zero: never; {@code rekeyChild} likewise
 * @param keepalive between NAT keepalives
 */
public record Timing(
        List<Duration> retransmits,
        Duration halfOpen,
        Duration liveness,
        Duration rekeyIke,
        Duration rekeyChild,
        Duration keepalive) {
    public static final Timing DEFAULT = new Timing(
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(16)),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofHours(4),
            Duration.ofHours(1),
            Duration.ofSeconds(20));

    public Timing {
        retransmits = List.copyOf(retransmits);
    }
}
