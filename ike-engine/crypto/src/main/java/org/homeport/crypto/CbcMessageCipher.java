package org.homeport.crypto;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.homeport.core.crypto.CipherLengths;
import org.homeport.core.crypto.MessageCipher;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * SK protection by AES-CBC (RFC 3602) and an HMAC over everything before the ICV (RFC 7296 section 3.14), checked
 * before anything is decrypted.
 */
record CbcMessageCipher(CipherLengths lengths, Hmac hmac, Secret encryptionKey, Secret integrityKey)
        implements MessageCipher {
    @Override
    public Octets seal(Octets associated, Octets iv, Octets padded) {
        if (iv.length() != lengths.iv() || padded.length() % lengths.block() != 0) {
            throw new IllegalArgumentException("CBC takes an IV of " + lengths.iv() + " octets and whole blocks, not "
                    + iv.length() + " and " + padded.length() + " octets");
        }
        Octets covered = iv.plus(run(Cipher.ENCRYPT_MODE, iv, padded));
        return covered.plus(icv(associated, covered));
    }

    @Override
    public Optional<Octets> open(Octets associated, Octets body) {
        int covered = body.length() - lengths.icv();
        int ciphertext = covered - lengths.iv();
        if (ciphertext < lengths.block() || ciphertext % lengths.block() != 0) {
            return Optional.empty();
        }
        if (!icv(associated, body.slice(0, covered)).equalsConstantTime(body.from(covered))) {
            return Optional.empty();
        }
        return Optional.of(run(Cipher.DECRYPT_MODE, body.slice(0, lengths.iv()), body.slice(lengths.iv(), covered)));
    }

    private Octets icv(Octets associated, Octets covered) {
        return hmac.compute(integrityKey, associated, covered).slice(0, lengths.icv());
    }

    private Octets run(int mode, Octets iv, Octets input) {
        Cipher cipher = JdkProviders.cipher("AES/CBC/NoPadding");
        try {
            cipher.init(
                    mode, new SecretKeySpec(encryptionKey.toByteArray(), "AES"), new IvParameterSpec(iv.toByteArray()));
            return Octets.wrap(cipher.doFinal(input.toByteArray()));
        } catch (GeneralSecurityException e) {
            // Lengths are checked above: whole blocks have no padding to fail on.
            throw new IllegalStateException(e);
        }
    }
}
