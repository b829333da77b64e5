package org.homeport.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.homeport.lease.StoredLease.State;

/**
 * How a lease stands at one moment.
 *
 * @param since when it came to stand so
 * @param until when it ceases to by itself, if it does
 */
public record Standing(Name name, Instant since, Optional<Instant> until) {
    public enum Name {
        /** By a session, or by one of an earlier run whose owner may still return. */
        HELD,
        /** Released, and kept for its former owner. */
        RESTING,
        /** Released long enough ago to go to somebody else once the pool has nothing else; until then to its owner. */
        EXPIRED
    }

    /**
     * Works it out.
     *
     * @param rest how long a released lease stays its former owner's
     * @param grace how long what an earlier run held stays its owner's
     */
    public static Standing of(StoredLease lease, Duration rest, Duration grace, Instant now) {
        if (lease.state() == State.HELD) {
            return new Standing(
                    Name.HELD, lease.grantedAt(), lease.leftOverSince().map(since -> since.plus(grace)));
        }
        Instant released = lease.releasedAt().orElse(lease.grantedAt());
        Instant end = released.plus(rest);
        return now.isBefore(end)
                ? new Standing(Name.RESTING, released, Optional.of(end))
                : new Standing(Name.EXPIRED, end, Optional.empty());
    }
}
