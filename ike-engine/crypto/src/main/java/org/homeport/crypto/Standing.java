package org.homeport.crypto;

/** How an algorithm stands with RFC 8247. */
enum Standing {
    CURRENT,
    /** Only with {@link LegacyAlgorithms#ACCEPT}. */
    LEGACY;

    boolean allowedBy(LegacyAlgorithms legacy) {
        return this == CURRENT || legacy == LegacyAlgorithms.ACCEPT;
    }
}
