package org.homeport.core.registry;

/**
 * IKEv2 Payload Types (RFC 7296 section 3.2; SKF: RFC 7383).
 *
 * @param value 0..255
 */
public record PayloadType(int value) {
    public static final PayloadType NONE = new PayloadType(0);
    public static final PayloadType SA = new PayloadType(33);
    public static final PayloadType KE = new PayloadType(34);
    public static final PayloadType IDI = new PayloadType(35);
    public static final PayloadType IDR = new PayloadType(36);
    public static final PayloadType CERT = new PayloadType(37);
    public static final PayloadType CERTREQ = new PayloadType(38);
    public static final PayloadType AUTH = new PayloadType(39);
    public static final PayloadType NONCE = new PayloadType(40);
    public static final PayloadType NOTIFY = new PayloadType(41);
    public static final PayloadType DELETE = new PayloadType(42);
    public static final PayloadType VENDOR = new PayloadType(43);
    public static final PayloadType TSI = new PayloadType(44);
    public static final PayloadType TSR = new PayloadType(45);
    public static final PayloadType SK = new PayloadType(46);
    public static final PayloadType CP = new PayloadType(47);
    public static final PayloadType EAP = new PayloadType(48);
    public static final PayloadType SKF = new PayloadType(53);

    /** The registered name, or the number where there is none. */
    @Override
    public String toString() {
        return switch (value) {
            case 0 -> "NONE";
            case 33 -> "SA";
            case 34 -> "KE";
            case 35 -> "IDI";
            case 36 -> "IDR";
            case 37 -> "CERT";
            case 38 -> "CERTREQ";
            case 39 -> "AUTH";
            case 40 -> "NONCE";
            case 41 -> "NOTIFY";
            case 42 -> "DELETE";
            case 43 -> "VENDOR";
            case 44 -> "TSI";
            case 45 -> "TSR";
            case 46 -> "SK";
            case 47 -> "CP";
            case 48 -> "EAP";
            case 53 -> "SKF";
            default -> "PayloadType(" + value + ")";
        };
    }
}
