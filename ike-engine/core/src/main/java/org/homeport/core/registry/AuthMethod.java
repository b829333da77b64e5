package org.homeport.core.registry;

/**
 * IKEv2 Authentication Methods (RFC 7296 section 3.8; 14: RFC 7427).
 *
 * @param value 0..255
 */
public record AuthMethod(int value) {
    public static final AuthMethod RSA_PKCS1 = new AuthMethod(1);
    public static final AuthMethod SHARED_KEY = new AuthMethod(2);
    public static final AuthMethod ECDSA_P256 = new AuthMethod(9);
    public static final AuthMethod ECDSA_P384 = new AuthMethod(10);
    public static final AuthMethod ECDSA_P521 = new AuthMethod(11);
    public static final AuthMethod NULL = new AuthMethod(13);
    public static final AuthMethod DIGITAL_SIGNATURE = new AuthMethod(14);

    /** The registered name, or the number where there is none. */
    @Override
    public String toString() {
        return switch (value) {
            case 1 -> "RSA_PKCS1";
            case 2 -> "SHARED_KEY";
            case 9 -> "ECDSA_P256";
            case 10 -> "ECDSA_P384";
            case 11 -> "ECDSA_P521";
            case 13 -> "NULL";
            case 14 -> "DIGITAL_SIGNATURE";
            default -> "AuthMethod(" + value + ")";
        };
    }
}
