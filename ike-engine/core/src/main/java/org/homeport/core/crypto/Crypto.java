package org.homeport.core.crypto;

import java.util.Optional;
import org.homeport.core.message.Transform;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.PrfId;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/**
 * Every algorithm the core uses, by its IANA number. Asking for one that {@link #supports} denies is a bug of
 * ours and throws {@link IllegalArgumentException}. Implementations may be called from several threads.
 */
public interface Crypto {
    /** Whether an IKE transform can be carried out here, key length included; unknown attributes say no. */
    boolean supports(Transform transform);

    /** prf of RFC 7296 section 2.13. Key of any length. */
    Octets prf(PrfId id, Secret key, Octets data);

    /** Preferred key length and output length of a PRF, in octets. */
    int prfLength(PrfId id);

    /** A fresh private value of a group. */
    KeyAgreement keyAgreement(KeyExchangeId group, RandomSource random);

    /** Key material lengths of a cipher and integrity pair, in octets. */
    CipherLengths lengths(EncryptionId encryption, int keyBits, Optional<IntegrityId> integrity);

    /**
     * One direction of SK protection (RFC 7296 section 3.14, RFC 5282).
     *
     * @param encryptionKey of {@link CipherLengths#encryptionKey} octets: for AEAD with the salt behind it
     * @param integrityKey empty for AEAD
     */
    MessageCipher cipher(
            EncryptionId encryption,
            int keyBits,
            Optional<IntegrityId> integrity,
            Secret encryptionKey,
            Secret integrityKey);

    /** SHA-1, for NAT detection and CERTREQ only. */
    Octets sha1(Octets data);

    /** HMAC-SHA-256, for our own cookies and ids. */
    Octets hmacSha256(Secret key, Octets data);
}
