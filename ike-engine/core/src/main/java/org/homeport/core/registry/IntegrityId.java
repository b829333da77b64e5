package org.homeport.core.registry;

/**
 * Transform Type 3, integrity algorithms.
 *
 * @param value 0..65535
 */
public record IntegrityId(int value) {
    public static final IntegrityId NONE = new IntegrityId(0);
    public static final IntegrityId HMAC_SHA1_96 = new IntegrityId(2);
    public static final IntegrityId AES_XCBC_96 = new IntegrityId(5);
    public static final IntegrityId AES_CMAC_96 = new IntegrityId(8);
    public static final IntegrityId HMAC_SHA2_256_128 = new IntegrityId(12);
    public static final IntegrityId HMAC_SHA2_384_192 = new IntegrityId(13);
    public static final IntegrityId HMAC_SHA2_512_256 = new IntegrityId(14);

    /** The registered name, or the number where there is none. */
    @Override
    public String toString() {
        return switch (value) {
            case 0 -> "NONE";
            case 2 -> "HMAC_SHA1_96";
            case 5 -> "AES_XCBC_96";
            case 8 -> "AES_CMAC_96";
            case 12 -> "HMAC_SHA2_256_128";
            case 13 -> "HMAC_SHA2_384_192";
            case 14 -> "HMAC_SHA2_512_256";
            default -> "IntegrityId(" + value + ")";
        };
    }
}
