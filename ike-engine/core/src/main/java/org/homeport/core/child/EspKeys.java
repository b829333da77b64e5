package org.homeport.core.child;

import org.homeport.kit.Secret;

/**
 * One direction of ESP (RFC 7296 section 2.17).
 *
 * @param spi as its receiver chose it, bit pattern
 * @param encryption AEAD: key and salt
 * @param integrity empty for AEAD
 */
public record EspKeys(int spi, Secret encryption, Secret integrity) {
    public String spiHex() {
        return String.format("%08x", spi);
    }
}
