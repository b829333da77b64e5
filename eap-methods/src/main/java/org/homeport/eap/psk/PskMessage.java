package org.homeport.eap.psk;

import org.homeport.kit.Octets;

/** The four messages (RFC 4764 section 5); {@code randS}, 16 octets, names the conversation in all of them. */
sealed interface PskMessage {
    Octets randS();

    record First(Octets randS, Octets serverName) implements PskMessage {}

    /** @param randP 16 octets; @param mac 16 octets */
    record Second(Octets randS, Octets randP, Octets mac, Octets peerName) implements PskMessage {}

    /** @param mac 16 octets */
    record Third(Octets randS, Octets mac, Channel channel) implements PskMessage {}

    record Fourth(Octets randS, Channel channel) implements PskMessage {}

    /**
     * PCHANNEL: what goes on under the keys.
     *
     * @param nonce counts up from 0 over both directions
     * @param sealed one octet of result, and more in an extended authentication
     */
    record Channel(long nonce, Octets tag, Octets sealed) {}
}
