package org.homeport.core.registry;

/**
 * Transform Type 2, pseudorandom functions.
 *
 * @param value 0..65535
 */
public record PrfId(int value) {
    public static final PrfId HMAC_SHA1 = new PrfId(2);
    public static final PrfId AES128_XCBC = new PrfId(4);
    public static final PrfId HMAC_SHA2_256 = new PrfId(5);
    public static final PrfId HMAC_SHA2_384 = new PrfId(6);
    public static final PrfId HMAC_SHA2_512 = new PrfId(7);
    public static final PrfId AES128_CMAC = new PrfId(8);

    /** The registered name, or the number where there is none. */
    @Override
    public String toString() {
        return switch (value) {
            case 2 -> "HMAC_SHA1";
            case 4 -> "AES128_XCBC";
            case 5 -> "HMAC_SHA2_256";
            case 6 -> "HMAC_SHA2_384";
            case 7 -> "HMAC_SHA2_512";
            case 8 -> "AES128_CMAC";
            default -> "PrfId(" + value + ")";
        };
    }
}
