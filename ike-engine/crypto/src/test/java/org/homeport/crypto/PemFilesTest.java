package org.homeport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemFilesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "rsa-server.key.pem,rsa-server.pem",
        "rsa-server.traditional.pem,rsa-server.pem",
        "ec-p256.key.pem,ec-p256.pem",
        "ec-p256.pkcs8.pem,ec-p256.pem",
        "ec-p521.key.pem,ec-p521.pem",
        "ed.key.pem,ed.pem"
    })
    void keysAreReadInEveryForm(String key, String certificate) throws KeyMaterialException {
        assertThat(CertifiedSigner.load(TestPki.file(key), TestPki.file(certificate), SignaturePreference.DEFAULT)
                        .certificates())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"rsa-server.encrypted.pem", "rsa-server.encrypted-traditional.pem"})
    void encryptedKeyIsToldFromABrokenOne(String key) {
        assertRefused(() -> PemFiles.privateKey(TestPki.file(key)), key + ": the private key is encrypted");
    }

    @Test
    void keyOfAnotherCertificateIsRefused() {
        assertRefused(
                () -> CertifiedSigner.load(
                        TestPki.file("ec-p256.key.pem"), TestPki.file("ec-p384.pem"), SignaturePreference.DEFAULT),
                "not for this private key");
        assertRefused(
                () -> CertifiedSigner.load(
                        TestPki.file("rsa-ca.key.pem"), TestPki.file("rsa-server.pem"), SignaturePreference.DEFAULT),
                "rsa-ca.key.pem");
    }

    @Test
    void missingFileIsNamed() {
        Path none = directory.resolve("none.pem");
        assertRefused(() -> PemFiles.certificates(none), none + ": no such file");
        assertRefused(() -> PemFiles.privateKey(none), none + ": no such file");
    }

    @Test
    void fileOfAnotherKindIsRefused() throws IOException {
        assertRefused(() -> PemFiles.certificates(TestPki.file("ed.key.pem")), "holds no \"BEGIN CERTIFICATE\"");
        assertRefused(() -> PemFiles.privateKey(TestPki.file("ed.pem")), "holds no private key");
        Path empty = Files.createFile(directory.resolve("empty.pem"));
        assertRefused(() -> PemFiles.certificates(empty), "holds no");
        Path directoryItself = directory;
        assertRefused(() -> PemFiles.certificates(directoryItself), directoryItself.toString());
    }

    @Test
    void brokenContentIsRefused() throws IOException {
        String good = Files.readString(TestPki.file("ed.pem"));
        Path file = directory.resolve("broken.pem");
        Files.writeString(file, good.replace("-----END CERTIFICATE-----", ""));
        assertRefused(() -> PemFiles.certificates(file), "broken.pem: ");
        Files.writeString(file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertRefused(() -> PemFiles.certificates(file), "certificate 1 is broken");
        Files.writeString(file, good + "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n");
        assertRefused(() -> PemFiles.certificates(file), "broken.pem: ");
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertRefused(() -> PemFiles.privateKey(file), "broken.pem: ");
        Files.writeString(file, "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        assertRefused(() -> PemFiles.privateKey(file), "broken.pem: ");
    }

    private static void assertRefused(ThrowingCallable reading, String reason) {
        assertThatThrownBy(reading).isInstanceOf(KeyMaterialException.class).hasMessageContaining(reason);
    }
}
