package org.homeport.core.registry;

/**
 * IKEv2 Security Protocol Identifiers (RFC 7296 section 3.3.1).
 *
 * @param value 0..255
 */
public record ProtocolId(int value) {
    public static final ProtocolId NONE = new ProtocolId(0);
    public static final ProtocolId IKE = new ProtocolId(1);
    public static final ProtocolId AH = new ProtocolId(2);
    public static final ProtocolId ESP = new ProtocolId(3);

    /** The registered name, or the number where there is none. */
    @Override
    public String toString() {
        return switch (value) {
            case 0 -> "NONE";
            case 1 -> "IKE";
            case 2 -> "AH";
            case 3 -> "ESP";
            default -> "ProtocolId(" + value + ")";
        };
    }
}
