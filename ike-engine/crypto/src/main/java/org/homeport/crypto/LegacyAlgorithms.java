package org.homeport.crypto;

/**
 * Whether algorithms that RFC 8247 says SHOULD NOT or MUST NOT be used are there at all: HMAC-SHA1 as PRF and for
 * integrity, MODP-1024. The operator's explicit switch, for peers that know nothing better.
 */
public enum LegacyAlgorithms {
    REFUSE,
    ACCEPT
}
