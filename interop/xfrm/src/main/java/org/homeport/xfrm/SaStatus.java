package org.homeport.xfrm;

import java.time.Instant;
import java.util.Optional;

/**
 * An SA as the kernel reports it.
 *
 * @param protocol 50 for ESP; Mobile IPv6's own states are listed among the SAs too
 */
record SaStatus(SaId id, int protocol, int reqid, SaCounters.Traffic traffic) {
    static final int ESP = 50;

    /** What the kernel keeps while it asks for an SA; it has no SPI to remove it by, and goes by itself. */
    boolean isLarval() {
        return id.spi() == 0;
    }

    static Optional<Instant> instant(long seconds) {
        return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }
}
