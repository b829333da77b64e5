package org.homeport.runtime;

import org.homeport.core.session.Path;
import org.homeport.kit.Octets;

/** The way out to peers. Called from every shard; returns at once; datagrams may be lost, as they may on any path. */
public interface Edge extends AutoCloseable {
    /** Sends one IKE message, given without non-ESP marker: the path's framing says whether it gets one. */
    Delivery send(Path path, Octets message);

    /** Sends the one octet that keeps a NAT's mapping alive (RFC 3948 section 2.3). */
    Delivery sendKeepalive(Path path);

    /** Sends what was given before, then closes; idempotent. */
    @Override
    void close();

    enum Delivery {
        /** Handed on. */
        SENT,
        /** Nothing of ours listens at the path's local endpoint with its framing. */
        NO_CHANNEL,
        /** Too much is waiting to be sent already. */
        CONGESTED
    }
}
