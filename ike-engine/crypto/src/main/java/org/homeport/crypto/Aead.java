package org.homeport.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.homeport.kit.Octets;

/** The combined-mode ciphers: AES-GCM with a 16-octet ICV (RFC 5282) and ChaCha20-Poly1305 (RFC 7634). */
enum Aead {
    AES_GCM_16("AES/GCM/NoPadding", "AES"),
    CHACHA20_POLY1305("ChaCha20-Poly1305", "ChaCha20");

    /** Octets of salt behind the key in both (RFC 4106 section 8.1, RFC 7634 section 2). */
    static final int SALT = 4;

    static final int IV = 8;
    static final int ICV = 16;

    private final String transformation;
    private final String keyAlgorithm;

    Aead(String transformation, String keyAlgorithm) {
        this.transformation = transformation;
        this.keyAlgorithm = keyAlgorithm;
    }

    /**
     * Encrypts.
     *
     * @return ciphertext and ICV
     */
    Octets seal(byte[] key, Octets nonce, Octets associated, Octets plaintext) {
        try {
            return run(Cipher.ENCRYPT_MODE, key, nonce, associated, plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws GeneralSecurityException if the ICV does not fit */
    Octets open(byte[] key, Octets nonce, Octets associated, Octets ciphertext) throws GeneralSecurityException {
        return run(Cipher.DECRYPT_MODE, key, nonce, associated, ciphertext);
    }

    private Octets run(int mode, byte[] key, Octets nonce, Octets associated, Octets input)
            throws GeneralSecurityException {
        // A Cipher keeps kilobytes of tables: made per message, because sessions are many and their messages few.
        Cipher cipher = JdkProviders.cipher(transformation);
        cipher.init(mode, new SecretKeySpec(key, keyAlgorithm), parameters(nonce.toByteArray()));
        cipher.updateAAD(associated.toByteArray());
        return Octets.wrap(cipher.doFinal(input.toByteArray()));
    }

    private AlgorithmParameterSpec parameters(byte[] nonce) {
        return switch (this) {
            case AES_GCM_16 -> new GCMParameterSpec(8 * ICV, nonce);
            case CHACHA20_POLY1305 -> new IvParameterSpec(nonce);
        };
    }
}
