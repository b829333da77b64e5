package org.homeport.eap;

/**
 * What a Request or Response is about (RFC 3748 section 5). Types below 256 mean the same in either form
 * (section 5.7), with one exception: the two Naks.
 *
 * @param form how it stands on the wire
 * @param vendor SMI enterprise number, 0..2^24-1; 0 is the IETF
 * @param number 0..255 in legacy form, 0..2^32-1 in expanded form
 */
public record EapType(Form form, int vendor, long number) {
    public static final EapType IDENTITY = legacy(1);
    public static final EapType NOTIFICATION = legacy(2);
    public static final EapType NAK = legacy(3);
    public static final EapType MD5_CHALLENGE = legacy(4);
    public static final EapType GTC = legacy(6);
    public static final EapType TLS = legacy(13);
    public static final EapType TTLS = legacy(21);
    public static final EapType AKA = legacy(23);
    public static final EapType PEAP = legacy(25);
    public static final EapType MSCHAPV2 = legacy(26);
    public static final EapType PSK = legacy(47);
    public static final EapType AKA_PRIME = legacy(50);
    public static final EapType EXPANDED_NAK = expanded(0, 3);

    /** In a Nak: any type that has only an expanded form would do (RFC 3748 section 5.3.1). Never a packet's type. */
    public static final EapType ANY_EXPANDED = legacy(254);

    /** How a type is written. */
    public enum Form {
        /** One octet. */
        LEGACY,
        /** 254, vendor, type: eight octets. */
        EXPANDED
    }

    public EapType {
        long most = form == Form.LEGACY ? 0xff : 0xffff_ffffL;
        if (number < 0 || number > most || vendor < 0 || vendor > 0xff_ffff || (form == Form.LEGACY && vendor != 0)) {
            throw new IllegalArgumentException("EAP type " + vendor + ":" + number + " in form " + form);
        }
    }

    public static EapType legacy(int number) {
        return new EapType(Form.LEGACY, 0, number);
    }

    public static EapType expanded(int vendor, long number) {
        return new EapType(Form.EXPANDED, vendor, number);
    }

    /** Whether both name one method, in whatever form. */
    public boolean isSameMethodAs(EapType other) {
        return vendor == other.vendor && number == other.number;
    }

    /** Whether this, out of a Nak's list, is content with the method offered. */
    public boolean accepts(EapType offered) {
        return isSameMethodAs(offered) || (equals(ANY_EXPANDED) && offered.form == Form.EXPANDED);
    }

    /** Whether it names an authentication method: not Identity, Notification, a Nak or nothing. */
    public boolean isMethod() {
        return !equals(ANY_EXPANDED) && (vendor != 0 || number >= 4);
    }

    /**
     * Whether the method may run only inside a tunnel: RFC 3748 section 5.6, GTC "MUST NOT be used to provide support
     * for cleartext passwords in the absence of a protected tunnel with server authentication".
     */
    public boolean needsTunnel() {
        return isSameMethodAs(GTC);
    }

    @Override
    public String toString() {
        return vendor == 0 ? Long.toString(number) : vendor + ":" + number;
    }
}
