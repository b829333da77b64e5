package org.homeport.core.endpoint;

import org.homeport.kit.Octets;

/** What becomes of a datagram. */
public sealed interface Routing {
    /** For the session that has this SPI, if there is one: only its shard knows. */
    record ToSession(long localSpi) implements Routing {}

    /**
     * A well-formed IKE_SA_INIT request from an address that, where asked for, has proved its return path.
     *
     * <p>Copies of a request come with the same key, and so do its retries with a cookie or another group: the shard
     * tells them apart by their octets, and lets a retry replace what its forerunner began.
     *
     * @param shardKey 16 octets; different initiators, even behind one NAT and with one SPI, have different ones, and
     *     none can choose its own
     */
    record NewSession(long initiatorSpi, Octets shardKey) implements Routing {}

    /** To be sent back the way the datagram came. */
    record Answer(Octets message) implements Routing {}

    /**
     * Not answered, and no session hears of it.
     *
     * @param reason one of a small set, fit to be counted by
     */
    record Drop(String reason) implements Routing {}
}
