package org.homeport.core.session;

import org.homeport.core.crypto.Crypto;
import org.homeport.kit.RandomSource;

/**
 * What every session is given from outside.
 *
 * @param fragmentSize largest IP datagram with an IKE message, in octets, to peers that can put fragments together
 */
public record Environment(
        Crypto crypto, RandomSource random, ReqidSource reqids, KeyLogging keyLogging, int fragmentSize) {
    /** The smallest MTU of IPv6 (RFC 7383 section 2.5.1). */
    public static final int DEFAULT_FRAGMENT_SIZE = 1280;

    /** Whether sessions tell their keys, for Wireshark. */
    public enum KeyLogging {
        OFF,
        ON
    }
}
