package org.homeport.lease;

import java.time.Instant;
import java.util.Optional;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.lease.StoredLease.State;

/**
 * A lease that was written down elsewhere.
 *
 * @param line where it stands, from 1
 * @param prefixLength 0..32 or 0..128, as the address has bits
 * @param releasedAt set if released
 */
public record ImportedLease(
        int line,
        IpAddress address,
        int prefixLength,
        String pool,
        String owner,
        String session,
        Endpoint careOf,
        State state,
        Instant grantedAt,
        Optional<Instant> releasedAt) {
    /** When anything happened to it last. */
    Instant changedAt() {
        return releasedAt.orElse(grantedAt);
    }
}
