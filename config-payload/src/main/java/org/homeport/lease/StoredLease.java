package org.homeport.lease;

import java.time.Instant;
import java.util.Optional;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;

/**
 * A lease as the store keeps it: one per address that was ever given out.
 *
 * @param id lease and claim
 * @param owner the authenticated identity
 * @param session the newest session of the owner, which alone can release
 * @param careOf where the node was when it claimed
 * @param engine which engine's session holds it
 * @param releasedAt empty while held
 * @param leftOverSince set while held by a session of an earlier run, that nobody has come back to yet
 */
public record StoredLease(
        LeaseId id,
        IpAddress address,
        IpPrefix prefix,
        String pool,
        String owner,
        String session,
        Endpoint careOf,
        String engine,
        State state,
        Instant grantedAt,
        Optional<Instant> releasedAt,
        Optional<Instant> leftOverSince) {
    public enum State {
        HELD,
        /** Free for others only when nothing else is; the owner gets it back. */
        RELEASED
    }

    public boolean isHeld() {
        return state == State.HELD;
    }

    public boolean isOwnedBy(String identity) {
        return owner.equals(identity);
    }
}
