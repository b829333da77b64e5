package org.homeport.eap.aka;

import org.homeport.eap.EapType;
import org.homeport.kit.Octets;

/** The two methods: one protocol with different keys. */
public enum AkaVariant {
    AKA(23, "AKA", 16, "SHA-1", '0'),
    AKA_PRIME(50, "AKA'", 32, "SHA-256", '6');

    private final EapType type;
    private final String words;
    private final int macKeyOctets;
    private final String hash;
    private final char leading;

    AkaVariant(int type, String words, int macKeyOctets, String hash, char leading) {
        this.type = EapType.legacy(type);
        this.words = words;
        this.macKeyOctets = macKeyOctets;
        this.hash = hash;
        this.leading = leading;
    }

    public EapType type() {
        return type;
    }

    /** For logs and the audit. */
    public String words() {
        return words;
    }

    /** Of K_aut. */
    int macKeyOctets() {
        return macKeyOctets;
    }

    /** Of AT_MAC and AT_CHECKCODE. */
    String hash() {
        return hash;
    }

    /** What the permanent identity made of an IMSI begins with (RFC 4187 section 4.1.1.6, RFC 9048 section 3). */
    public char leading() {
        return leading;
    }

    /** EAP-AKA' sets the separation bit (RFC 9048 section 3.3). */
    Octets amf(Octets amf) {
        return this == AKA_PRIME ? Octets.of(amf.at(0) | 0x80, amf.at(1)) : amf;
    }
}
