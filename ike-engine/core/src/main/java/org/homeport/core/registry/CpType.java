package org.homeport.core.registry;

/**
 * IKEv2 Configuration Payload CFG Types (RFC 7296 section 3.15).
 *
 * @param value 0..255
 */
public record CpType(int value) {
    public static final CpType CFG_REQUEST = new CpType(1);
    public static final CpType CFG_REPLY = new CpType(2);
    public static final CpType CFG_SET = new CpType(3);
    public static final CpType CFG_ACK = new CpType(4);

    /** The registered name, or the number where there is none. */
    @Override
    public String toString() {
        return switch (value) {
            case 1 -> "CFG_REQUEST";
            case 2 -> "CFG_REPLY";
            case 3 -> "CFG_SET";
            case 4 -> "CFG_ACK";
            default -> "CpType(" + value + ")";
        };
    }
}
