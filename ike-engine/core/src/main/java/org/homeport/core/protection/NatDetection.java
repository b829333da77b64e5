package org.homeport.core.protection;

import org.homeport.core.crypto.Crypto;
import org.homeport.kit.Endpoint;
import org.homeport.kit.Octets;
import org.homeport.kit.WireWriter;

/** The data of NAT_DETECTION_SOURCE_IP and NAT_DETECTION_DESTINATION_IP (RFC 7296 section 2.23). */
public final class NatDetection {
    private NatDetection() {}

    /**
     * SHA-1 over the SPIs, in the order they appear in the header, address and port.
     *
     * @param spiResponder 0 in the first message
     */
    public static Octets hash(Crypto crypto, long spiInitiator, long spiResponder, Endpoint endpoint) {
        return crypto.sha1(new WireWriter()
                .bits64(spiInitiator)
                .bits64(spiResponder)
                .octets(endpoint.address().octets())
                .u16(endpoint.port())
                .toOctets());
    }
}
