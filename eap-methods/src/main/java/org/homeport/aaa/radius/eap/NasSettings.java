package org.homeport.aaa.radius.eap;

import java.util.Optional;
import java.util.OptionalLong;
import org.homeport.kit.IpAddress;

/**
 * Who we are to RADIUS servers.
 *
 * @param identifier NAS-Identifier (RFC 2865 section 5.32), 1..253 octets
 * @param ipv4 NAS-IP-Address, if we have one
 * @param ipv6 NAS-IPv6-Address (RFC 3162 section 2.1), if we have one
 * @param calledStation Called-Station-Id: what peers call (RFC 2865 section 5.30)
 * @param operatorRealm our own realm, told to home realms as Operator-Name (RFC 5580 section 4.1)
 * @param framedMtu the longest EAP packet that reaches a peer in one piece (RFC 3579 section 2.4)
 * @param mip6Features MIP6-Feature-Vector (RFC 5447 section 4.2.5) to advertise
 */
public record NasSettings(
        String identifier,
        Optional<IpAddress> ipv4,
        Optional<IpAddress> ipv6,
        Optional<String> calledStation,
        Optional<String> operatorRealm,
        int framedMtu,
        OptionalLong mip6Features) {
    /** MIP6_INTEGRATED (RFC 5447 section 4.2.5): the home agent may be assigned from the access network. */
    public static final long MIP6_INTEGRATED = 1;

    /** LOCAL_HOME_AGENT_ASSIGNMENT (RFC 5447 section 4.2.5): peers of other realms may get a home agent here. */
    public static final long LOCAL_HOME_AGENT_ASSIGNMENT = 2;

    /**
     * What IPv6 (40), UDP (8), the non-ESP marker (4), the headers of IKE (28), SKF (8) and EAP (4), and the longest IV,
     * padding and checksum (16, 16, 32) take of a datagram, rounded up.
     */
    private static final int OVERHEAD = 160;

    /** The least that RFC 2865 section 5.12 allows. */
    private static final int LEAST_MTU = 64;

    public NasSettings {
        if (framedMtu < LEAST_MTU || framedMtu > 0xffff) {
            throw new IllegalArgumentException("Framed-MTU " + framedMtu);
        }
    }

    /**
     * The Framed-MTU with which an EAP packet fits into one IKE datagram.
     *
     * @param datagram octets of the largest IP datagram
     */
    public static int framedMtu(int datagram) {
        return Math.clamp((long) datagram - OVERHEAD, LEAST_MTU, 0xffff);
    }
}
