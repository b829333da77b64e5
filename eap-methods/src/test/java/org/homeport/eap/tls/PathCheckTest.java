package org.homeport.eap.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.tls.AlertDescription;
import org.junit.jupiter.api.Test;

class PathCheckTest {
    private static final TestCa CA = EapTls.CA;
    private static final TestCa.Wish CLIENT = TestCa.client("mn1@example.org");
    private static final PathCheck CHECK = new PathCheck(CA.anchors(), PathCheck.Purpose.CLIENT);

    private static void check(List<X509Certificate> presented) throws CertificateRefusedException {
        CHECK.check(presented, TestCa.NOW);
    }

    private static CertificateRefusedException refusal(List<X509Certificate> presented) {
        try {
            check(presented);
        } catch (CertificateRefusedException e) {
            return e;
        }
        throw new AssertionError("believed");
    }

    @Test
    void orderAndExtraCertificatesDoNotMatter() throws Exception {
        TestCa.Issued issued = CA.below("One").below("Two").issue(CLIENT);
        List<X509Certificate> mixed = new ArrayList<>(issued.chain().reversed());
        mixed.remove(issued.chain().getFirst());
        mixed.addFirst(issued.chain().getFirst());
        mixed.add(TestCa.root("Another", TestCa.Kind.P256).root());
        mixed.add(CA.root());
        assertThatCode(() -> check(mixed)).doesNotThrowAnyException();
    }

    @Test
    void missingIntermediateIsNamed() {
        TestCa.Issued issued = CA.below("Lost").issue(CLIENT);
        CertificateRefusedException refusal = refusal(issued.chain().subList(0, 1));
        assertThat(refusal).hasMessageContaining("leads to \"CN=Lost\", which is no trust anchor here");
        assertThat(refusal.alert()).isEqualTo(AlertDescription.unknown_ca);
    }

    @Test
    void issuerOfTheSameNameIsNotTheIssuer() {
        TestCa impostor = TestCa.root("Test Root", TestCa.Kind.P256);
        assertThat(refusal(impostor.issue(CLIENT).chain()))
                .hasMessageContaining("no path to the trust anchor \"CN=Test Root\"");
    }

    @Test
    void endEntityMayNotCertifyOthers() {
        TestCa.Issued leaf = CA.issue(TestCa.client("evil@example.org"));
        List<X509Certificate> forged = new ArrayList<>(
                TestCa.pretender(leaf, TestCa.Kind.P256).issue(CLIENT).chain());
        assertThat(forged).hasSize(2);
        assertThatThrownBy(() -> check(forged)).isInstanceOf(CertificateRefusedException.class);
    }

    @Test
    void shortRsaKeyIsRefused() {
        assertThatThrownBy(
                        () -> check(CA.issue(CLIENT.kind(TestCa.Kind.WEAK_RSA)).chain()))
                .isInstanceOf(CertificateRefusedException.class)
                .hasMessageContaining("1024");
    }

    @Test
    void trustAnchorIsNobodysOwnCertificate() {
        assertThatThrownBy(() -> check(List.of(CA.root()))).isInstanceOf(CertificateRefusedException.class);
    }

    @Test
    void purposeCountsOnlyIfThereIsOne() throws Exception {
        assertThatCode(() -> check(CA.issue(CLIENT.purpose(Optional.empty())).chain()))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(CA.issue(CLIENT.purpose(Optional.of(KeyPurposeId.anyExtendedKeyUsage)))
                        .chain()))
                .doesNotThrowAnyException();
        CertificateRefusedException refusal =
                refusal(CA.issue(CLIENT.purpose(Optional.of(KeyPurposeId.id_kp_codeSigning)))
                        .chain());
        assertThat(refusal.alert()).isEqualTo(AlertDescription.unsupported_certificate);
    }

    @Test
    void validityIsThatOfTheClockGiven() {
        List<X509Certificate> chain = CA.issue(CLIENT).chain();
        assertThatCode(() -> CHECK.check(chain, CLIENT.to())).doesNotThrowAnyException();
        assertThatThrownBy(() -> CHECK.check(chain, CLIENT.to().plus(Duration.ofSeconds(1))))
                .hasMessageContaining("expired at");
        assertThatThrownBy(() -> CHECK.check(chain, CLIENT.from().minus(Duration.ofSeconds(1))))
                .hasMessageContaining("is not valid before");
    }

    @Test
    void longPathsAreRefused() {
        TestCa low = CA;
        for (int i = 0; i < 7; i++) {
            low = low.below("CA " + i);
        }
        List<X509Certificate> chain = low.issue(CLIENT).chain();
        assertThatThrownBy(() -> check(chain)).isInstanceOf(CertificateRefusedException.class);
    }
}
