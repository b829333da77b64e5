package org.homeport.core.crypto;

import java.util.Optional;
import org.homeport.kit.Octets;

/** Seals or opens SK bodies in one direction; each use of an AEAD cipher takes a new IV. */
public interface MessageCipher {
    CipherLengths lengths();

    /**
     * Encrypts and authenticates.
     *
     * @param associated IKE header to SK payload header, lengths already final
     * @param iv of {@link CipherLengths#iv} octets: unpredictable for CBC, never repeated for AEAD
     * @param padded plaintext with padding and Pad Length, a multiple of the block
     * @return IV, ciphertext, ICV
     */
    Octets seal(Octets associated, Octets iv, Octets padded);

    /**
     * Checks the ICV and decrypts.
     *
     * @return the padded plaintext, or empty if the ICV does not fit or the lengths cannot be
     */
    Optional<Octets> open(Octets associated, Octets body);
}
