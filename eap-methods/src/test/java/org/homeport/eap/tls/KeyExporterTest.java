package org.homeport.eap.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.bouncycastle.tls.PRFAlgorithm;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

/** What {@link JdkTlsTest} cannot show: the JDK exports nothing from TLS 1.2 without extended master secret. */
class KeyExporterTest {
    /** The vector for TLS 1.2's PRF with SHA-256 as published on the mailing list of the TLS working group. */
    @Test
    void tls12KeysComeFromThePrf() {
        Octets secret = Octets.fromHex("9bbe436ba940f017b17652849a71db35");
        Octets seed = Octets.fromHex("a0ba9f936cda311827a6f796ffd5198c");
        KeyExporter exporter = new KeyExporter.Tls12(
                new BcTlsCrypto(new SourcedRandom(EapTls.RANDOM)).createSecret(secret.toByteArray()),
                PRFAlgorithm.tls_prf_sha256,
                seed.slice(0, 8),
                seed.from(8));
        Octets expected = Octets.fromHex("""
                e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a
                6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab
                4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701
                87347b66""");
        assertThat(exporter.export(new TlsExport("test label", "", Octets.EMPTY, 100))
                        .expose())
                .isEqualTo(expected);
    }
}
