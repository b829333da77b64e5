package org.homeport.eap.ttls;

import java.util.List;
import java.util.Optional;
import org.homeport.kit.Octets;

/**
 * An attribute-value pair, as in Diameter (RFC 5281 section 10.1).
 *
 * @param code 0..2^32-1
 * @param vendor 0 for none
 * @param support whether the other side has to understand it (M)
 * @param data at most 2^24-13 octets
 */
record Avp(long code, long vendor, Support support, Octets data) {
    static final long MICROSOFT = 311;

    private static final int MOST = 0xff_ffff - 12;

    enum Support {
        MANDATORY,
        OPTIONAL
    }

    /** The attributes that mean something here. */
    enum Kind {
        USER_NAME(1, 0),
        USER_PASSWORD(2, 0),
        REPLY_MESSAGE(18, 0),
        EAP_MESSAGE(79, 0),
        MS_CHAP_ERROR(2, MICROSOFT),
        MS_CHAP_DOMAIN(10, MICROSOFT),
        MS_CHAP_CHALLENGE(11, MICROSOFT),
        MS_CHAP2_RESPONSE(25, MICROSOFT),
        MS_CHAP2_SUCCESS(26, MICROSOFT);

        private final long code;
        private final long vendor;

        Kind(long code, long vendor) {
            this.code = code;
            this.vendor = vendor;
        }
    }

    Avp {
        if (code < 0 || code > 0xffff_ffffL || vendor < 0 || vendor > 0xffff_ffffL || data.length() > MOST) {
            throw new IllegalArgumentException(
                    "AVP " + vendor + ":" + code + " with " + data.length() + " octets of data");
        }
    }

    static Avp mandatory(Kind kind, Octets data) {
        return new Avp(kind.code, kind.vendor, Support.MANDATORY, data);
    }

    boolean is(Kind kind) {
        return code == kind.code && vendor == kind.vendor;
    }

    /** The data of the first of that kind. */
    static Optional<Octets> find(List<Avp> avps, Kind kind) {
        return avps.stream().filter(avp -> avp.is(kind)).map(Avp::data).findFirst();
    }

    /** One that we had to understand and do not (RFC 5281 section 10.1: "MUST fail the negotiation"). */
    static Optional<Avp> beyondUs(List<Avp> avps) {
        return avps.stream()
                .filter(avp -> avp.support() == Support.MANDATORY
                        && List.of(Kind.values()).stream().noneMatch(avp::is))
                .findFirst();
    }

    /** Without the data, which may be a password. */
    @Override
    public String toString() {
        return "AVP " + (vendor == 0 ? "" : vendor + ":") + code;
    }
}
