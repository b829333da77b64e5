package org.homeport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.homeport.core.crypto.CertificateRejectedException;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.core.crypto.Signer;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.HashAlgorithmId;
import org.homeport.core.registry.IdType;
import org.homeport.core.registry.PayloadType;
import org.homeport.crypto.CertificateAuthority.Purpose;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificateAuthorityTest {
    private static final Octets DATA = Octets.utf8("octets");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final CertificateSubject HOME_AGENT =
            CertificateSubject.host("ha.example.com", IpAddress.parse("2001:db8::1"), IpAddress.parse("192.0.2.1"));

    @TempDir
    private Path directory;

    private static CertificateAuthority authority(KeyKind kind) {
        return CertificateAuthority.create("Homeport test CA", kind, TestPki.NOW, YEAR, Draws.seeded(1));
    }

    private static void verify(CertificateAuthority authority, Signer signer, IdType type, Octets id)
            throws CertificateRejectedException {
        Payload.Authentication auth = signer.sign(
                        DATA, Optional.of(Set.of(HashAlgorithmId.SHA2_256, HashAlgorithmId.IDENTITY)), Draws.seeded(2))
                .orElseThrow();
        authority
                .verifier()
                .verify(
                        signer.certificates(),
                        Payload.Identification.of(PayloadType.IDR, type, id),
                        auth,
                        DATA,
                        Sha1Policy.REFUSE,
                        TestPki.NOW);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"RSA_3072"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyKindIssuesAndIsBelieved(KeyKind kind) throws Exception {
        CertificateAuthority authority = authority(kind);
        Signer server = authority
                .issue(HOME_AGENT, Purpose.SERVER, kind, TestPki.NOW, YEAR, Draws.seeded(3))
                .signer(SignaturePreference.DEFAULT);
        verify(authority, server, IdType.FQDN, Octets.utf8("ha.example.com"));
        verify(
                authority,
                server,
                IdType.IPV6_ADDR,
                IpAddress.parse("2001:db8::1").octets());
        verify(authority, server, IdType.IPV4_ADDR, IpAddress.parse("192.0.2.1").octets());
        assertThatThrownBy(() -> verify(authority, server, IdType.FQDN, Octets.utf8("other.example.com")))
                .isInstanceOf(CertificateRejectedException.class);
    }

    @Test
    void clientIsItsNai() throws Exception {
        CertificateAuthority authority = authority(KeyKind.ECDSA_P256);
        Signer client = authority
                .issue(
                        CertificateSubject.user("mn@example.com"),
                        Purpose.CLIENT,
                        KeyKind.ED25519,
                        TestPki.NOW,
                        YEAR,
                        Draws.seeded(3))
                .signer(SignaturePreference.DEFAULT);
        verify(authority, client, IdType.RFC822_ADDR, Octets.utf8("mn@example.com"));
    }

    @Test
    void anotherAuthorityOfTheSameNameIsNotBelieved() {
        CertificateAuthority other = CertificateAuthority.create(
                "Homeport test CA", KeyKind.ECDSA_P256, TestPki.NOW, YEAR, Draws.seeded(99));
        Signer server = other.issue(HOME_AGENT, Purpose.SERVER, KeyKind.ECDSA_P256, TestPki.NOW, YEAR, Draws.seeded(3))
                .signer(SignaturePreference.DEFAULT);
        assertThatThrownBy(
                        () -> verify(authority(KeyKind.ECDSA_P256), server, IdType.FQDN, Octets.utf8("ha.example.com")))
                .isInstanceOf(CertificateRejectedException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"ECDSA_P256", "ED25519", "RSA_2048"})
    void filesReadBackAndKeysAreTheirOwnersAlone(KeyKind kind) throws Exception {
        Path caKey = directory.resolve("ca.key");
        Path caCertificate = directory.resolve("ca.pem");
        Path key = directory.resolve("ha.key");
        Path certificate = directory.resolve("ha.pem");
        authority(kind).write(caKey, caCertificate);
        CertificateAuthority authority = CertificateAuthority.load(caKey, caCertificate);
        authority
                .issue(HOME_AGENT, Purpose.SERVER, kind, TestPki.NOW, YEAR, Draws.seeded(3))
                .write(key, certificate);
        for (Path secret : List.of(caKey, key)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(certificate)))
                .isEqualTo("rw-r--r--");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(caKey, caCertificate, key, certificate);
        }
        Signer server = CertifiedSigner.load(key, certificate, SignaturePreference.DEFAULT);
        assertThatCode(() -> verify(authority, server, IdType.FQDN, Octets.utf8("ha.example.com")))
                .doesNotThrowAnyException();
        assertThat(PkixCertificateVerifier.load(List.of(caCertificate)).authorities())
                .isEqualTo(authority.verifier().authorities());
    }

    @Test
    void sameRandomnessMakesTheSameCertificates() {
        assertThat(authority(KeyKind.ECDSA_P256).certificate())
                .isEqualTo(authority(KeyKind.ECDSA_P256).certificate());
    }

    @Test
    void writingReplacesWhatWasThere() throws IOException {
        Path key = directory.resolve("ca.key");
        Files.writeString(key, "old");
        authority(KeyKind.ECDSA_P256).write(key, directory.resolve("ca.pem"));
        assertThat(key).content().startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("-----END PRIVATE KEY-----\n");
    }
}
