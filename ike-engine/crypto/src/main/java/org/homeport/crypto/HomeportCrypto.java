package org.homeport.crypto;

import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.core.crypto.CipherLengths;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.crypto.KeyAgreement;
import org.homeport.core.crypto.MessageCipher;
import org.homeport.core.message.Transform;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.PrfId;
import org.homeport.core.registry.TransformType;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/**
 * The suites of RFC 8247 that are worth having: AES-GCM-16, ChaCha20-Poly1305, AES-CBC with HMAC-SHA2; PRF HMAC-SHA2;
 * Curve25519, ECP 256/384/521, MODP 2048/3072/4096. Immutable, for any thread; the ciphers it makes belong to one
 * session each.
 */
public final class HomeportCrypto implements Crypto {
    private static final int AES_BLOCK = 16;

    private final LegacyAlgorithms legacy;

    public HomeportCrypto(LegacyAlgorithms legacy) {
        this.legacy = legacy;
    }

    /** NONE is not supported: whoever selects proposals knows where it may stand (integrity beside AEAD). */
    @Override
    public boolean supports(Transform transform) {
        if (!transform.otherAttributes().isEmpty()) {
            return false;
        }
        TransformType type = transform.type();
        if (type.equals(TransformType.ENCR)) {
            return supports(new EncryptionId(transform.id()), transform.keyBits());
        }
        return transform.keyBits().isEmpty() && supportsWithoutKeyLength(type, transform.id());
    }

    private boolean supportsWithoutKeyLength(TransformType type, int id) {
        if (type.equals(TransformType.PRF)) {
            return prf(new PrfId(id)).isPresent();
        }
        if (type.equals(TransformType.INTEG)) {
            return integrity(new IntegrityId(id)).isPresent();
        }
        return type.equals(TransformType.KE) && method(new KeyExchangeId(id)).isPresent();
    }

    /** Key Length must be there for AES and must not for ciphers with one length (RFC 7296 section 3.3.5). */
    private static boolean supports(EncryptionId id, OptionalInt keyBits) {
        return id.equals(EncryptionId.CHACHA20_POLY1305)
                ? keyBits.isEmpty()
                : (id.equals(EncryptionId.AES_GCM_16) || id.equals(EncryptionId.AES_CBC))
                        && isAesKey(keyBits.orElse(0));
    }

    private static boolean isAesKey(int bits) {
        return bits == 128 || bits == 192 || bits == 256;
    }

    @Override
    public Octets prf(PrfId id, Secret key, Octets data) {
        return prf(id).orElseThrow(() -> unsupported(id)).compute(key, data);
    }

    @Override
    public int prfLength(PrfId id) {
        return prf(id).orElseThrow(() -> unsupported(id)).length();
    }

    @Override
    public KeyAgreement keyAgreement(KeyExchangeId group, RandomSource random) {
        return method(group).orElseThrow(() -> unsupported(group)).generate().apply(random);
    }

    @Override
    public CipherLengths lengths(EncryptionId encryption, int keyBits, Optional<IntegrityId> integrity) {
        Optional<Aead> aead = aead(encryption, keyBits);
        if (aead.isPresent()) {
            if (integrity.isPresent()) {
                throw unsupported(encryption + " with " + integrity.get());
            }
            int key = (aead.get() == Aead.CHACHA20_POLY1305 ? 256 : keyBits) / 8;
            return new CipherLengths(key + Aead.SALT, 0, Aead.IV, 1, Aead.ICV);
        }
        if (!encryption.equals(EncryptionId.AES_CBC) || !isAesKey(keyBits)) {
            throw unsupported(encryption + " with " + keyBits + " bits");
        }
        Hmac hmac = integrity.flatMap(this::integrity).orElseThrow(() -> unsupported("integrity " + integrity));
        return new CipherLengths(keyBits / 8, hmac.length(), AES_BLOCK, AES_BLOCK, hmac.icv());
    }

    @Override
    public MessageCipher cipher(
            EncryptionId encryption,
            int keyBits,
            Optional<IntegrityId> integrity,
            Secret encryptionKey,
            Secret integrityKey) {
        CipherLengths lengths = lengths(encryption, keyBits, integrity);
        if (encryptionKey.length() != lengths.encryptionKey() || integrityKey.length() != lengths.integrityKey()) {
            throw new IllegalArgumentException(encryption + " takes keys of " + lengths.encryptionKey() + " and "
                    + lengths.integrityKey() + " octets, not " + encryptionKey.length() + " and "
                    + integrityKey.length());
        }
        return aead(encryption, keyBits)
                .<MessageCipher>map(aead -> new AeadMessageCipher(aead, lengths, encryptionKey))
                .orElseGet(() -> new CbcMessageCipher(
                        lengths, integrity.flatMap(this::integrity).orElseThrow(), encryptionKey, integrityKey));
    }

    @Override
    public Octets sha1(Octets data) {
        return Octets.wrap(JdkProviders.digest("SHA-1").digest(data.toByteArray()));
    }

    @Override
    public Octets hmacSha256(Secret key, Octets data) {
        return Hmac.SHA2_256.compute(key, data);
    }

    private Optional<Hmac> prf(PrfId id) {
        return Hmac.of(id).filter(h -> h.standing().allowedBy(legacy));
    }

    private Optional<Hmac> integrity(IntegrityId id) {
        return Hmac.of(id).filter(h -> h.standing().allowedBy(legacy));
    }

    private Optional<KeyExchangeMethod> method(KeyExchangeId id) {
        return KeyExchangeMethod.of(id).filter(m -> m.standing().allowedBy(legacy));
    }

    private static Optional<Aead> aead(EncryptionId id, int keyBits) {
        if (id.equals(EncryptionId.AES_GCM_16) && isAesKey(keyBits)) {
            return Optional.of(Aead.AES_GCM_16);
        }
        // The kernel and some callers count the one length there is; the wire never does.
        return id.equals(EncryptionId.CHACHA20_POLY1305) && (keyBits == 0 || keyBits == 256)
                ? Optional.of(Aead.CHACHA20_POLY1305)
                : Optional.empty();
    }

    private static IllegalArgumentException unsupported(Object what) {
        return new IllegalArgumentException("not supported: " + what);
    }
}
