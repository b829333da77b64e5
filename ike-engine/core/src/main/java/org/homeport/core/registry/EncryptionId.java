package org.homeport.core.registry;

/**
 * Transform Type 1, encryption algorithms.
 *
 * @param value 0..65535
 */
public record EncryptionId(int value) {
    public static final EncryptionId NULL = new EncryptionId(11);
    public static final EncryptionId AES_CBC = new EncryptionId(12);
    public static final EncryptionId AES_CTR = new EncryptionId(13);
    public static final EncryptionId AES_GCM_8 = new EncryptionId(18);
    public static final EncryptionId AES_GCM_12 = new EncryptionId(19);
    public static final EncryptionId AES_GCM_16 = new EncryptionId(20);
    public static final EncryptionId CHACHA20_POLY1305 = new EncryptionId(28);

    /** Combined-mode ciphers carry their own integrity (RFC 5282, RFC 7634). */
    public boolean isAead() {
        return value >= 18 && value <= 20 || value == 28;
    }

    /** Whether the Key Length attribute is mandatory; otherwise it is forbidden (RFC 7296 section 3.3.5). */
    public boolean needsKeyLength() {
        return value == 12 || value == 13 || value >= 18 && value <= 20;
    }

    /** The registered name, or the number where there is none. */
    @Override
    public String toString() {
        return switch (value) {
            case 11 -> "NULL";
            case 12 -> "AES_CBC";
            case 13 -> "AES_CTR";
            case 18 -> "AES_GCM_8";
            case 19 -> "AES_GCM_12";
            case 20 -> "AES_GCM_16";
            case 28 -> "CHACHA20_POLY1305";
            default -> "EncryptionId(" + value + ")";
        };
    }
}
