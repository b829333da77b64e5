package org.homeport.crypto;

import java.security.GeneralSecurityException;
import java.util.Optional;
import org.homeport.core.crypto.CipherLengths;
import org.homeport.core.crypto.MessageCipher;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * SK protection by a combined-mode cipher (RFC 5282): nonce = salt | IV. Belongs to one session and its thread, and
 * lives as long as the secret it was given.
 */
final class AeadMessageCipher implements MessageCipher {
    private final Aead aead;
    private final CipherLengths lengths;
    private final Secret keyAndSalt;
    private Octets lastIv = Octets.EMPTY;

    AeadMessageCipher(Aead aead, CipherLengths lengths, Secret keyAndSalt) {
        this.aead = aead;
        this.lengths = lengths;
        this.keyAndSalt = keyAndSalt;
    }

    @Override
    public CipherLengths lengths() {
        return lengths;
    }

    /** @throws IllegalArgumentException if the IV is the one used last: a repeat gives away the authentication key */
    @Override
    public Octets seal(Octets associated, Octets iv, Octets padded) {
        if (iv.length() != lengths.iv() || iv.equals(lastIv)) {
            throw new IllegalArgumentException("an IV of " + lengths.iv() + " octets, never used before, not " + iv);
        }
        lastIv = iv;
        return iv.plus(aead.seal(key(), nonce(iv), associated, padded));
    }

    @Override
    public Optional<Octets> open(Octets associated, Octets body) {
        // The Pad Length octet is always there (RFC 5282 section 3).
        if (body.length() < lengths.iv() + 1 + lengths.icv()) {
            return Optional.empty();
        }
        try {
            Octets nonce = nonce(body.slice(0, lengths.iv()));
            return Optional.of(aead.open(key(), nonce, associated, body.from(lengths.iv())));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private byte[] key() {
        try (Secret key = keyAndSalt.slice(0, keyAndSalt.length() - Aead.SALT)) {
            return key.toByteArray();
        }
    }

    private Octets nonce(Octets iv) {
        try (Secret salt = keyAndSalt.slice(keyAndSalt.length() - Aead.SALT, keyAndSalt.length())) {
            return salt.expose().plus(iv);
        }
    }
}
