package org.homeport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.homeport.core.crypto.CipherLengths;
import org.homeport.core.crypto.MessageCipher;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCipherTest {
    private static final Secret NONE = Secret.utf8("");

    private final HomeportCrypto crypto = new HomeportCrypto(LegacyAlgorithms.ACCEPT);

    record Suite(EncryptionId encryption, int keyBits, Optional<IntegrityId> integrity, CipherLengths lengths) {}

    static List<Suite> suites() {
        return List.of(
                aead(EncryptionId.AES_GCM_16, 128, 20),
                aead(EncryptionId.AES_GCM_16, 192, 28),
                aead(EncryptionId.AES_GCM_16, 256, 36),
                aead(EncryptionId.CHACHA20_POLY1305, 0, 36),
                cbc(128, IntegrityId.HMAC_SHA1_96, 20, 12),
                cbc(128, IntegrityId.HMAC_SHA2_256_128, 32, 16),
                cbc(192, IntegrityId.HMAC_SHA2_384_192, 48, 24),
                cbc(256, IntegrityId.HMAC_SHA2_512_256, 64, 32));
    }

    private static Suite aead(EncryptionId id, int bits, int keyAndSalt) {
        return new Suite(id, bits, Optional.empty(), new CipherLengths(keyAndSalt, 0, 8, 1, 16));
    }

    private static Suite cbc(int bits, IntegrityId integrity, int key, int icv) {
        return new Suite(
                EncryptionId.AES_CBC, bits, Optional.of(integrity), new CipherLengths(bits / 8, key, 16, 16, icv));
    }

    private MessageCipher cipher(Suite suite) {
        return crypto.cipher(
                suite.encryption,
                suite.keyBits,
                suite.integrity,
                Secret.copyOf(Draws.seeded(1).octets(suite.lengths.encryptionKey())),
                Secret.copyOf(Draws.seeded(2).octets(suite.lengths.integrityKey())));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void lengthsAreTheRfcs(Suite suite) {
        assertThat(crypto.lengths(suite.encryption, suite.keyBits, suite.integrity))
                .isEqualTo(suite.lengths);
        assertThat(cipher(suite).lengths()).isEqualTo(suite.lengths);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void sealedOpensAndOneChangedBitDoesNot(Suite suite) {
        Octets associated = Draws.seeded(3).octets(32);
        Octets iv = Draws.seeded(4).octets(suite.lengths.iv());
        Octets padded = Draws.seeded(5).octets(48);
        Octets body = cipher(suite).seal(associated, iv, padded);
        assertThat(body.length()).isEqualTo(suite.lengths.iv() + 48 + suite.lengths.icv());
        assertThat(body.slice(0, suite.lengths.iv())).isEqualTo(iv);
        MessageCipher receiver = cipher(suite);
        for (int i = 0; i < body.length(); i++) {
            assertThat(receiver.open(associated, flipped(body, i))).isEmpty();
        }
        assertThat(receiver.open(flipped(associated, 31), body)).isEmpty();
        assertThat(receiver.open(associated, body)).contains(padded);
        // A forgery before or between changes nothing: the genuine one opens again.
        assertThat(receiver.open(associated, body)).contains(padded);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void bodiesOfImpossibleLengthStayShut(Suite suite) {
        MessageCipher receiver = cipher(suite);
        for (int length = 0; length < 120; length++) {
            assertThat(receiver.open(Octets.zeros(32), Octets.zeros(length))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void keysOfAnotherLengthAreABug(Suite suite) {
        assertThatThrownBy(() ->
                        crypto.cipher(suite.encryption, suite.keyBits, suite.integrity, Secret.utf8("short"), NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aeadRefusesTheSameIvTwice() {
        MessageCipher cipher = cipher(aead(EncryptionId.AES_GCM_16, 128, 20));
        Octets iv = Octets.zeros(8);
        cipher.seal(Octets.EMPTY, iv, Octets.zeros(1));
        assertThatThrownBy(() -> cipher.seal(Octets.EMPTY, iv, Octets.zeros(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("never used before");
    }

    @Test
    void wipedKeyEndsTheCipher() {
        Secret key = Secret.copyOf(Octets.zeros(20));
        MessageCipher cipher = crypto.cipher(EncryptionId.AES_GCM_16, 128, Optional.empty(), key, NONE);
        key.close();
        assertThatThrownBy(() -> cipher.seal(Octets.EMPTY, Octets.zeros(8), Octets.zeros(1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void chacha20Poly1305SealsAsPublished() {
        for (Vectors v : Vectors.read("rfc7634/chacha20-poly1305.txt")) {
            assertSeals(
                    crypto.cipher(EncryptionId.CHACHA20_POLY1305, 0, Optional.empty(), v.secret("keymat"), NONE), v);
        }
    }

    @Test
    void aesGcmSealsAsPublished() {
        for (Vectors v : Vectors.read("gcm/aes-gcm.txt")) {
            int bits = (v.octets("keymat").length() - 4) * 8;
            assertSeals(crypto.cipher(EncryptionId.AES_GCM_16, bits, Optional.empty(), v.secret("keymat"), NONE), v);
        }
    }

    /** The ICV is HMAC over associated data, IV and ciphertext (RFC 7296 section 3.14), cut to 16 octets. */
    @Test
    void aesCbcEncryptsAsPublished() {
        Secret integrityKey = Secret.copyOf(Octets.zeros(32));
        Octets associated = Octets.utf8("header");
        for (Vectors v : Vectors.read("rfc3602/aes-cbc.txt")) {
            MessageCipher cipher = crypto.cipher(
                    EncryptionId.AES_CBC,
                    128,
                    Optional.of(IntegrityId.HMAC_SHA2_256_128),
                    v.secret("key"),
                    integrityKey);
            Octets covered = v.octets("iv").plus(v.octets("ciphertext"));
            Octets icv =
                    crypto.hmacSha256(integrityKey, associated.plus(covered)).slice(0, 16);
            assertThat(cipher.seal(associated, v.octets("iv"), v.octets("plaintext")))
                    .isEqualTo(covered.plus(icv));
        }
    }

    private static void assertSeals(MessageCipher cipher, Vectors v) {
        Octets body = Octets.concat(v.octets("iv"), v.octets("ciphertext"), v.octets("tag"));
        assertThat(cipher.seal(v.octets("associated"), v.octets("iv"), v.octets("plaintext")))
                .isEqualTo(body);
        assertThat(cipher.open(v.octets("associated"), body)).contains(v.octets("plaintext"));
    }

    private static Octets flipped(Octets octets, int at) {
        byte[] bytes = octets.toByteArray();
        bytes[at] ^= 1;
        return Octets.wrap(bytes);
    }
}
