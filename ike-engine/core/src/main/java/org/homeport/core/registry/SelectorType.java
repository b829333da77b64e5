package org.homeport.core.registry;

/**
 * IKEv2 Traffic Selector Types (RFC 7296 section 3.13.1).
 *
 * @param value 0..255
 */
public record SelectorType(int value) {
    public static final SelectorType IPV4_ADDR_RANGE = new SelectorType(7);
    public static final SelectorType IPV6_ADDR_RANGE = new SelectorType(8);

    /** The registered name, or the number where there is none. */
    @Override
    public String toString() {
        return switch (value) {
            case 7 -> "IPV4_ADDR_RANGE";
            case 8 -> "IPV6_ADDR_RANGE";
            default -> "SelectorType(" + value + ")";
        };
    }
}
