package org.homeport.eap.peap;

import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/** Reads and writes the Cryptobinding TLV ([MS-PEAP] 2.2.8.1.1). */
final class CryptoBindingCodec {
    static final int TYPE = 12;

    private static final int LENGTH = 4 + CryptoBinding.NONCE + CryptoBinding.MAC;

    private CryptoBindingCodec() {}

    /**
     * Reads one. RecvVersion decides nothing, and is covered by the MAC.
     *
     * @param head the TLV's first two octets
     * @param value whatever came with them
     */
    static CryptoBinding decode(int head, Octets value) throws WireException {
        if (value.length() != LENGTH) {
            throw new WireException("Cryptobinding TLV with " + value.length() + " octets, expected " + LENGTH);
        }
        WireReader reader = value.reader();
        reader.skip(1);
        int version = reader.u8();
        reader.skip(1);
        int kind = reader.u8();
        if (version != 0 || kind >= CryptoBinding.Kind.values().length) {
            throw new WireException("Cryptobinding TLV of version " + version + ", subtype " + kind);
        }
        return new CryptoBinding(
                CryptoBinding.Kind.values()[kind],
                new WireWriter().u16(head).u16(LENGTH).octets(value).toOctets());
    }

    /** Writes one with a MAC of zeros. @param nonce 32 octets */
    static CryptoBinding bare(CryptoBinding.Kind kind, Octets nonce) {
        return new CryptoBinding(
                kind,
                new WireWriter()
                        .u16(TYPE)
                        .u16(LENGTH)
                        .zeros(3)
                        .u8(kind.ordinal())
                        .octets(nonce)
                        .zeros(CryptoBinding.MAC)
                        .toOctets());
    }
}
