package org.homeport.lease;

import java.time.Instant;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;

/**
 * One line of a store's history, written in the transaction of the change itself and never changed afterwards.
 *
 * @param careOf where the node was when it claimed
 */
public record LeaseChange(
        Instant at,
        Kind kind,
        LeaseId id,
        IpAddress address,
        IpPrefix prefix,
        String pool,
        String owner,
        String session,
        Endpoint careOf,
        String engine,
        Authority authority) {
    public enum Kind {
        /** To a session, also to a newer one of the same owner. */
        GRANTED,
        /** No session holds it any more; it still is its owner's. */
        RELEASED,
        /** It is nobody's. */
        ENDED
    }
}
