package org.homeport.core.registry;

/**
 * Transform Type 4, key exchange methods (Diffie-Hellman groups).
 *
 * @param value 0..65535
 */
public record KeyExchangeId(int value) {
    public static final KeyExchangeId NONE = new KeyExchangeId(0);
    public static final KeyExchangeId MODP_1024 = new KeyExchangeId(2);
    public static final KeyExchangeId MODP_2048 = new KeyExchangeId(14);
    public static final KeyExchangeId MODP_3072 = new KeyExchangeId(15);
    public static final KeyExchangeId MODP_4096 = new KeyExchangeId(16);
    public static final KeyExchangeId ECP_256 = new KeyExchangeId(19);
    public static final KeyExchangeId ECP_384 = new KeyExchangeId(20);
    public static final KeyExchangeId ECP_521 = new KeyExchangeId(21);
    public static final KeyExchangeId CURVE25519 = new KeyExchangeId(31);
    public static final KeyExchangeId CURVE448 = new KeyExchangeId(32);

    /** The registered name, or the number where there is none. */
    @Override
    public String toString() {
        return switch (value) {
            case 0 -> "NONE";
            case 2 -> "MODP_1024";
            case 14 -> "MODP_2048";
            case 15 -> "MODP_3072";
            case 16 -> "MODP_4096";
            case 19 -> "ECP_256";
            case 20 -> "ECP_384";
            case 21 -> "ECP_521";
            case 31 -> "CURVE25519";
            case 32 -> "CURVE448";
            default -> "KeyExchangeId(" + value + ")";
        };
    }
}
