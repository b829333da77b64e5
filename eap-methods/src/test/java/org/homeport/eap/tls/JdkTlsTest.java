package org.homeport.eap.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.PeerStep;
import org.homeport.eap.PeerStep.Standing;
import org.homeport.eap.ServerStep;
import org.homeport.kit.Octets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our sides of TLS and EAP-TLS against the JDK's TLS, with its own exporter as the judge of our keys. */
class JdkTlsTest {
    private static final Octets CONTEXT = Octets.of(13);

    @ParameterizedTest
    @CsvSource({"TLS_1_2, P256", "TLS_1_2, RSA", "TLS_1_2, ED25519", "TLS_1_3, P256", "TLS_1_3, RSA", "TLS_1_3, ED25519"
    })
    void serverAndJdkClientHaveTheSameKeys(TlsVersion version, TestCa.Kind kind) throws Exception {
        TestCa.Issued client = EapTls.CA.issue(TestCa.client("mn1@example.org").kind(kind));
        TestCa.Issued own = EapTls.CA.issue(TestCa.server("aaa.example.org").kind(kind));
        TlsServerSide side = EapTls.serverSide(own, EapTls.CA, TlsVersion.values());
        TlsServer server = EapTls.server(side, 30_000);
        JdkEngine jdk = JdkEngine.client(client, version);
        server.begin(1);
        Octets said = jdk.begin();
        ServerStep step = server.respond(Octets.of(0).plus(said), 2);
        while (step instanceof ServerStep.Ask ask) {
            assertThat(ask.setback()).isEmpty();
            said = jdk.exchange(ask.typeData().from(1), Octets.EMPTY);
            step = server.respond(Octets.of(0).plus(said), 3);
        }
        assertThat(step).isInstanceOf(ServerStep.Done.class);
        assertThat(jdk.established()).isTrue();
        // The protected success indication, and nothing of the kind in TLS 1.2.
        assertThat(jdk.data()).isEqualTo(version == TlsVersion.TLS_1_3 ? Octets.of(0) : Octets.EMPTY);
        assertThat(((ServerStep.Done) step).result().identity()).contains("mn1@example.org");
        assertThat(((ServerStep.Done) step).result().msk().orElseThrow().expose())
                .isEqualTo(keyMaterial(jdk, version).slice(0, 64));
        checkKeys(side, jdk, version);
    }

    @ParameterizedTest
    @CsvSource({"TLS_1_2, P256", "TLS_1_2, RSA", "TLS_1_2, ED25519", "TLS_1_3, P256", "TLS_1_3, RSA", "TLS_1_3, ED25519"
    })
    void peerAndJdkServerHaveTheSameKeys(TlsVersion version, TestCa.Kind kind) throws Exception {
        TestCa.Issued own = EapTls.CA.issue(TestCa.client("mn1@example.org").kind(kind));
        JdkEngine jdk = JdkEngine.server(
                EapTls.CA.issue(TestCa.server("aaa.example.org").kind(kind)), version);
        TlsClientSide side = EapTls.clientSide(Optional.of(own), EapTls.CA, TlsVersion.values());
        TlsPeer peer = EapTls.peer(side, 30_000);
        PeerStep.Answer answer = (PeerStep.Answer) peer.handle(Octets.of(0x20), 1);
        Octets flight = jdk.exchange(answer.typeData().from(1), Octets.EMPTY);
        for (int i = 2; !flight.isEmpty(); i++) {
            answer = (PeerStep.Answer) peer.handle(Octets.of(0).plus(flight), i);
            flight = jdk.exchange(answer.typeData().from(1), Octets.EMPTY);
        }
        assertThat(jdk.established()).isTrue();
        if (version == TlsVersion.TLS_1_3) {
            assertThat(answer.standing()).isInstanceOf(Standing.Undecided.class);
            answer = (PeerStep.Answer) peer.handle(Octets.of(0).plus(jdk.exchange(Octets.EMPTY, Octets.of(0))), 9);
        }
        Optional<Octets> msk = switch (answer.standing()) {
            case Standing.Content(var result) -> result.msk().map(key -> key.expose());
            case Standing.Agreed(var result) -> result.msk().map(key -> key.expose());
            case Standing.Lost lost -> Optional.empty();
            case Standing.Undecided undecided -> Optional.empty();
        };
        assertThat(msk).contains(keyMaterial(jdk, version).slice(0, 64));
        checkKeys(side, jdk, version);
    }

    private static Octets keyMaterial(JdkEngine jdk, TlsVersion version) throws Exception {
        return switch (version) {
            case TLS_1_2 -> jdk.export("client EAP encryption", null, 128);
            case TLS_1_3 -> jdk.export("EXPORTER_EAP_TLS_Key_Material", CONTEXT.toByteArray(), 128);
        };
    }

    private static void checkKeys(TlsSide side, JdkEngine jdk, TlsVersion version) throws Exception {
        assertThat(side.version()).isEqualTo(version);
        EapTlsKeys keys = EapTlsKeys.of(side, EapType.TLS, EapTlsKeys.EAP_TLS_LABEL);
        assertThat(keys.msk().expose().plus(keys.emsk().expose())).isEqualTo(keyMaterial(jdk, version));
        Octets methodId = switch (version) {
            case TLS_1_2 -> side.clientRandom().plus(side.serverRandom());
            case TLS_1_3 -> jdk.export("EXPORTER_EAP_TLS_Method-Id", CONTEXT.toByteArray(), 64);
        };
        assertThat(keys.sessionId()).isEqualTo(CONTEXT.plus(methodId));
        // Any other label, context and length: what TTLS and PEAP will ask for.
        TlsExport other = new TlsExport("ttls challenge", "ttls challenge", Octets.of(21), 17);
        assertThat(side.export(other).expose())
                .isEqualTo(
                        version == TlsVersion.TLS_1_2
                                ? jdk.export("ttls challenge", null, 17)
                                : jdk.export("ttls challenge", new byte[] {21}, 17));
    }
}
