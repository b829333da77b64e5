package org.homeport.xfrm;

import java.time.Instant;
import java.util.Optional;

/** What went through a pair of SAs. */
public record SaCounters(Traffic inbound, Traffic outbound) {
    static final SaCounters NONE = new SaCounters(Traffic.NONE, Traffic.NONE);

    /**
     * One direction.
     *
     * @param octets of the packets inside, as the kernel counts them
     * @param replays packets dropped since they were seen before, or are too old
     * @param integrityFailures packets dropped since their ICV was wrong
     * @param lastUsed empty if never, or if the kernel does not keep it (of ESP those before 6.2 do not)
     */
    public record Traffic(long octets, long packets, long replays, long integrityFailures, Optional<Instant> lastUsed) {
        static final Traffic NONE = new Traffic(0, 0, 0, 0, Optional.empty());
    }
}
