package org.homeport.eap.tls;

import java.util.OptionalLong;
import org.homeport.kit.Octets;

/**
 * Type data of EAP-TLS and its kin: one fragment (RFC 5216 section 3.1).
 *
 * @param total length of the whole message, if it stands there (L)
 * @param more whether further fragments follow (M)
 * @param start whether the server begins (S)
 * @param version 0..7: the method's own in TTLS and PEAP, reserved in EAP-TLS
 * @param data TLS octets
 */
record EapTlsFrame(OptionalLong total, More more, Start start, int version, Octets data) {
    enum More {
        LAST,
        FOLLOW
    }

    enum Start {
        RUNNING,
        START
    }

    /** Without data: an acknowledgement, or "nothing to say". */
    static EapTlsFrame empty(int version) {
        return new EapTlsFrame(OptionalLong.empty(), More.LAST, Start.RUNNING, version, Octets.EMPTY);
    }

    static EapTlsFrame start(int version) {
        return new EapTlsFrame(OptionalLong.empty(), More.LAST, Start.START, version, Octets.EMPTY);
    }
}
