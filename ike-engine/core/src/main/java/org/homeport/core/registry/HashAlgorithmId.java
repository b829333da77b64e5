package org.homeport.core.registry;

/**
 * IKEv2 Hash Algorithms of SIGNATURE_HASH_ALGORITHMS (RFC 7427 section 7; Identity: RFC 8420).
 *
 * @param value 0..65535
 */
public record HashAlgorithmId(int value) {
    public static final HashAlgorithmId SHA1 = new HashAlgorithmId(1);
    public static final HashAlgorithmId SHA2_256 = new HashAlgorithmId(2);
    public static final HashAlgorithmId SHA2_384 = new HashAlgorithmId(3);
    public static final HashAlgorithmId SHA2_512 = new HashAlgorithmId(4);
    public static final HashAlgorithmId IDENTITY = new HashAlgorithmId(5);

    /** The registered name, or the number where there is none. */
    @Override
    public String toString() {
        return switch (value) {
            case 1 -> "SHA1";
            case 2 -> "SHA2_256";
            case 3 -> "SHA2_384";
            case 4 -> "SHA2_512";
            case 5 -> "IDENTITY";
            default -> "HashAlgorithmId(" + value + ")";
        };
    }
}
