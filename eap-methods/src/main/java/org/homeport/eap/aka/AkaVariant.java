package org.homeport.eap.aka;

import java.util.stream.Stream;
import org.homeport.eap.EapType;
import org.homeport.eap.Nai;
import org.homeport.kit.Octets;

/** The two methods: one protocol with different keys, hashes and leading characters of names. */
public enum AkaVariant {
    AKA(EapType.AKA, "AKA", '0', '2', '4'),
    AKA_PRIME(EapType.AKA_PRIME, "AKA'", '6', '7', '8');

    private final EapType type;
    private final String words;
    private final char permanent;
    private final char pseudonym;
    private final char reauthentication;

    AkaVariant(EapType type, String words, char permanent, char pseudonym, char reauthentication) {
        this.type = type;
        this.words = words;
        this.permanent = permanent;
        this.pseudonym = pseudonym;
        this.reauthentication = reauthentication;
    }

    public EapType type() {
        return type;
    }

    /** For logs and the audit. */
    public String words() {
        return words;
    }

    /** What the permanent identity made of an IMSI begins with (RFC 4187 section 4.1.1.6, RFC 9048 section 3). */
    public char permanentLead() {
        return permanent;
    }

    /** What pseudonyms begin with (RFC 9048 section 3, TS 23.003 section 14.5). */
    char pseudonymLead() {
        return pseudonym;
    }

    /** What identities for fast re-authentication begin with (likewise). */
    char reauthenticationLead() {
        return reauthentication;
    }

    /** Whether a name looks as if it belonged to a SIM, and to this method. */
    public boolean isLikely(Nai name) {
        return new AkaNames(this).kind(name) != AkaNames.Kind.OTHER;
    }

    /** The name of a SIM for this method, of that for either: the digit in front of its IMSI differs. */
    public Nai named(Nai permanent) {
        return Stream.of(values()).anyMatch(variant -> new AkaNames(variant).kind(permanent) == AkaNames.Kind.PERMANENT)
                ? new Nai(permanentLead() + permanent.text().substring(1))
                : permanent;
    }

    /** EAP-AKA' sets the separation bit (RFC 9048 section 3.3). */
    Octets amf(Octets amf) {
        return this == AKA_PRIME ? Octets.of(amf.at(0) | 0x80, amf.at(1)) : amf;
    }

    /** The method's number, and what made this exchange unique (RFC 5247 appendix A, RFC 9048 section 6). */
    Octets sessionId(Octets first, Octets second) {
        return Octets.of((int) type.number()).plus(first).plus(second);
    }
}
