package org.homeport.eap.peap;

import org.homeport.kit.Octets;

/**
 * The Cryptobinding TLV ([MS-PEAP] 2.2.8.1.1): whoever sends it was at the end of the tunnel and of the inner method.
 *
 * @param kind its SubType
 * @param tlv 60 octets, as they stand on the wire: its MAC covers what is reserved as well
 */
record CryptoBinding(Kind kind, Octets tlv) {
    static final int NONCE = 32;
    static final int MAC = 20;

    private static final int MAC_AT = 8 + NONCE;

    /** By their numbers. */
    enum Kind {
        REQUEST,
        RESPONSE
    }

    Octets mac() {
        return tlv.from(MAC_AT);
    }

    CryptoBinding withMac(Octets mac) {
        return new CryptoBinding(kind, tlv.slice(0, MAC_AT).plus(mac));
    }
}
