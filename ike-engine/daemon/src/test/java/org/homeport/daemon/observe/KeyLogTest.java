package org.homeport.daemon.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.core.session.Output.IkeKeys;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyLogTest {
    private static final IkeKeys CBC = new IkeKeys(
            0x0011223344556677L,
            0x8899aabbccddeeffL,
            secret("000102030405060708090a0b0c0d0e0f"),
            secret("101112131415161718191a1b1c1d1e1f"),
            EncryptionId.AES_CBC,
            128,
            secret("20".repeat(32)),
            secret("21".repeat(32)),
            Optional.of(IntegrityId.HMAC_SHA2_256_128));

    private static final IkeKeys GCM = new IkeKeys(
            1,
            -1,
            secret("30".repeat(36)),
            secret("31".repeat(36)),
            EncryptionId.AES_GCM_16,
            256,
            secret(""),
            secret(""),
            Optional.empty());

    @TempDir
    Path directory;

    @Test
    void lineIsOneOfWiresharksDecryptionTable() {
        assertThat(KeyLog.line(CBC))
                .contains("0011223344556677,8899aabbccddeeff,"
                        + "000102030405060708090a0b0c0d0e0f,101112131415161718191a1b1c1d1e1f,"
                        + "\"AES-CBC-128 [RFC3602]\","
                        + "20".repeat(32) + "," + "21".repeat(32) + ",\"HMAC_SHA2_256_128 [RFC4868]\"");
    }

    @Test
    void aeadKeysKeepTheirSaltAndHaveNoIntegrity() {
        assertThat(KeyLog.line(GCM))
                .contains("0000000000000001,ffffffffffffffff," + "30".repeat(36) + "," + "31".repeat(36)
                        + ",\"AES-GCM-256 with 16 octet ICV [RFC5282]\",,,\"NONE [RFC4306]\"");
    }

    @Test
    void cipherUnknownToWiresharkHasNoLine() {
        IkeKeys chacha = new IkeKeys(
                1,
                2,
                secret("30".repeat(36)),
                secret("31".repeat(36)),
                EncryptionId.CHACHA20_POLY1305,
                0,
                secret(""),
                secret(""),
                Optional.empty());
        assertThat(KeyLog.line(chacha)).isEmpty();
    }

    @Test
    void fileIsForItsOwnerAloneAndKeepsWhatItHad() throws Exception {
        Path file = directory.resolve("keys");
        Files.writeString(file, "earlier\n");
        try (KeyLog log = KeyLog.open(file)) {
            log.keys("s", CBC);
            log.keys("s", GCM);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(file)).hasSize(3).first().isEqualTo("earlier");
    }

    private static Secret secret(String hex) {
        return Secret.copyOf(Octets.fromHex(hex));
    }
}
