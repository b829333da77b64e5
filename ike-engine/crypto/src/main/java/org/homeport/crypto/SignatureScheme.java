package org.homeport.crypto;

import org.homeport.core.registry.HashAlgorithmId;

/** How a signature is made, apart from the key. */
sealed interface SignatureScheme {
    /** As SIGNATURE_HASH_ALGORITHMS names it. */
    HashAlgorithmId hash();

    record RsaPkcs1(HashFunction function) implements SignatureScheme {
        @Override
        public HashAlgorithmId hash() {
            return function.id();
        }
    }

    /**
     * MGF1 over the same hash.
     *
     * @param saltLength in octets
     */
    record RsaPss(HashFunction function, int saltLength) implements SignatureScheme {
        @Override
        public HashAlgorithmId hash() {
            return function.id();
        }
    }

    record Ecdsa(HashFunction function) implements SignatureScheme {
        @Override
        public HashAlgorithmId hash() {
            return function.id();
        }
    }

    /** Never pre-hashed (RFC 8420 section 2). */
    record Ed25519() implements SignatureScheme {
        @Override
        public HashAlgorithmId hash() {
            return HashAlgorithmId.IDENTITY;
        }
    }
}
