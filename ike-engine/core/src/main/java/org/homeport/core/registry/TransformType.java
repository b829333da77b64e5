package org.homeport.core.registry;

/**
 * IKEv2 Transform Types (RFC 7296 section 3.3.2).
 *
 * @param value 0..255
 */
public record TransformType(int value) {
    public static final TransformType ENCR = new TransformType(1);
    public static final TransformType PRF = new TransformType(2);
    public static final TransformType INTEG = new TransformType(3);
    public static final TransformType KE = new TransformType(4);
    public static final TransformType ESN = new TransformType(5);

    /** The registered name, or the number where there is none. */
    @Override
    public String toString() {
        return switch (value) {
            case 1 -> "ENCR";
            case 2 -> "PRF";
            case 3 -> "INTEG";
            case 4 -> "KE";
            case 5 -> "ESN";
            default -> "TransformType(" + value + ")";
        };
    }
}
