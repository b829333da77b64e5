package org.homeport.core.crypto;

/**
 * The lengths that come with a cipher and its integrity.
 *
 * @param encryptionKey octets of SK_e or ESP key material, the AEAD salt included
 * @param integrityKey octets; 0 for AEAD
 * @param iv octets on the wire
 * @param block padding granularity in octets; 1 for AEAD
 * @param icv octets on the wire
 */
public record CipherLengths(int encryptionKey, int integrityKey, int iv, int block, int icv) {}
