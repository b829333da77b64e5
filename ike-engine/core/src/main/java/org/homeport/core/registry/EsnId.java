package org.homeport.core.registry;

/**
 * Transform Type 5, extended sequence numbers.
 *
 * @param value 0..65535
 */
public record EsnId(int value) {
    public static final EsnId NO_ESN = new EsnId(0);
    public static final EsnId ESN = new EsnId(1);

    /** The registered name, or the number where there is none. */
    @Override
    public String toString() {
        return switch (value) {
            case 0 -> "NO_ESN";
            case 1 -> "ESN";
            default -> "EsnId(" + value + ")";
        };
    }
}
