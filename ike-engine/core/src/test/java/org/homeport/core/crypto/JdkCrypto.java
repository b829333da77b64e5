package org.homeport.core.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.homeport.core.message.Transform;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.PrfId;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** As much of {@link Crypto} as messages and endpoints need in tests: hashes, and two ciphers. */
public final class JdkCrypto implements Crypto {
    /** @param keyAndSalt 20 octets for AES-128 */
    public static MessageCipher aesGcm16(Octets keyAndSalt) {
        return new AesGcm(keyAndSalt.slice(0, keyAndSalt.length() - 4), keyAndSalt.from(keyAndSalt.length() - 4));
    }

    public static MessageCipher aesCbcHmacSha256(Octets encryptionKey, Octets integrityKey) {
        return new AesCbc(encryptionKey, integrityKey);
    }

    @Override
    public Octets sha1(Octets data) {
        try {
            return Octets.wrap(MessageDigest.getInstance("SHA-1").digest(data.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Octets hmacSha256(Secret key, Octets data) {
        return hmac(key.expose(), data);
    }

    @Override
    public boolean supports(Transform transform) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public Octets prf(PrfId id, Secret key, Octets data) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public int prfLength(PrfId id) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public KeyAgreement keyAgreement(KeyExchangeId group, RandomSource random) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public CipherLengths lengths(EncryptionId encryption, int keyBits, Optional<IntegrityId> integrity) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public MessageCipher cipher(
            EncryptionId encryption,
            int keyBits,
            Optional<IntegrityId> integrity,
            Secret encryptionKey,
            Secret integrityKey) {
        throw new AssertionError("not asked for here");
    }

    private static Octets hmac(Octets key, Octets data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.toByteArray(), "HmacSHA256"));
            return Octets.wrap(mac.doFinal(data.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private record AesGcm(Octets key, Octets salt) implements MessageCipher {
        @Override
        public CipherLengths lengths() {
            return new CipherLengths(key.length() + 4, 0, 8, 1, 16);
        }

        @Override
        public Octets seal(Octets associated, Octets iv, Octets padded) {
            try {
                return iv.plus(run(Cipher.ENCRYPT_MODE, associated, iv, padded));
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public Optional<Octets> open(Octets associated, Octets body) {
            if (body.length() < 24) {
                return Optional.empty();
            }
            try {
                return Optional.of(run(Cipher.DECRYPT_MODE, associated, body.slice(0, 8), body.from(8)));
            } catch (GeneralSecurityException e) {
                return Optional.empty();
            }
        }

        private Octets run(int mode, Octets associated, Octets iv, Octets data) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(key.toByteArray(), "AES"),
                    new GCMParameterSpec(128, salt.plus(iv).toByteArray()));
            cipher.updateAAD(associated.toByteArray());
            return Octets.wrap(cipher.doFinal(data.toByteArray()));
        }
    }

    private record AesCbc(Octets encryptionKey, Octets integrityKey) implements MessageCipher {
        @Override
        public CipherLengths lengths() {
            return new CipherLengths(encryptionKey.length(), integrityKey.length(), 16, 16, 16);
        }

        @Override
        public Octets seal(Octets associated, Octets iv, Octets padded) {
            Octets sealed = iv.plus(run(Cipher.ENCRYPT_MODE, iv, padded));
            return sealed.plus(icv(associated, sealed));
        }

        @Override
        public Optional<Octets> open(Octets associated, Octets body) {
            if (body.length() < 48 || body.length() % 16 != 0) {
                return Optional.empty();
            }
            Octets sealed = body.slice(0, body.length() - 16);
            return icv(associated, sealed).equals(body.from(sealed.length()))
                    ? Optional.of(run(Cipher.DECRYPT_MODE, sealed.slice(0, 16), sealed.from(16)))
                    : Optional.empty();
        }

        private Octets icv(Octets associated, Octets sealed) {
            return hmac(integrityKey, associated.plus(sealed)).slice(0, 16);
        }

        private Octets run(int mode, Octets iv, Octets data) {
            try {
                Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
                cipher.init(
                        mode,
                        new SecretKeySpec(encryptionKey.toByteArray(), "AES"),
                        new IvParameterSpec(iv.toByteArray()));
                return Octets.wrap(cipher.doFinal(data.toByteArray()));
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }
}
