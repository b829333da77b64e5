package org.homeport.eap.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys, certificates and trust anchors as an operator gives them. */
class TlsSettingsTest {
    @ParameterizedTest
    @EnumSource(names = "WEAK_RSA", mode = EnumSource.Mode.EXCLUDE)
    void keyHasToBeThatOfTheCertificate(TestCa.Kind kind) throws Exception {
        TestCa.Issued one = EapTls.CA.issue(TestCa.server("one.example.org").kind(kind));
        TestCa.Issued other = EapTls.CA.issue(TestCa.server("other.example.org").kind(kind));
        Secret otherKey = Secret.copyOf(other.key().getEncoded());
        assertThat(CertifiedKey.of(other.der(), otherKey))
                .hasToString("CertifiedKey[" + kind + ", certificate \"CN=other.example.org\"]");
        assertThatThrownBy(() -> CertifiedKey.of(one.der(), otherKey))
                .isInstanceOf(TlsSettingsException.class)
                .hasMessageContaining("the private key is not that of certificate \"CN=one.example.org\"");
    }

    @Test
    void unusableKeysAndCertificatesAreNamed() {
        TestCa.Issued weak = EapTls.CA.issue(TestCa.server("aaa.example.org").kind(TestCa.Kind.WEAK_RSA));
        assertThatThrownBy(() ->
                        CertifiedKey.of(weak.der(), Secret.copyOf(weak.key().getEncoded())))
                .hasMessageContaining("RSA of 2048 bits or more");
        assertThatThrownBy(() -> CertifiedKey.of(weak.der(), Secret.utf8("key")))
                .hasMessageContaining("PKCS #8");
        assertThatThrownBy(() -> CertifiedKey.of(List.of(), Secret.utf8("key"))).hasMessageContaining("no certificate");
        assertThatThrownBy(() -> CertifiedKey.of(List.of(Octets.utf8("pem")), Secret.utf8("key")))
                .hasMessageContaining("certificate 1 of the chain is broken");
    }

    @Test
    void trustAnchorHasToBeACa() {
        assertThatThrownBy(() -> TrustAnchors.of(List.of(EapTls.SERVER.der().getFirst())))
                .isInstanceOf(TlsSettingsException.class)
                .hasMessageContaining("CN=aaa.example.org")
                .hasMessageContaining("no CA's");
        assertThatThrownBy(() -> TrustAnchors.of(List.of())).hasMessageContaining("no CA certificates");
        assertThatThrownBy(() -> TrustAnchors.of(List.of(Octets.of(0x30)))).hasMessageContaining("broken");
    }

    @Test
    void withoutAVersionNothingCanBeSpoken() {
        assertThatThrownBy(() ->
                        new TlsServerSettings(EapTls.SERVER.certifiedKey(), new ClientCertificate.NotAsked(), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TlsClientSettings(Optional.empty(), EapTls.CA.anchors(), Set.of(), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
