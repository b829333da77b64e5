package org.homeport.eap.tls;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.homeport.eap.EapAuthenticator;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.EapType;
import org.homeport.eap.IdentityQuestion;
import org.homeport.eap.MethodOffer;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;

/** EAP-TLS of both sides, as tests want it. */
final class EapTls {
    static final TestCa CA = TestCa.root("Test Root", TestCa.Kind.P256);
    static final TestCa.Issued SERVER = CA.issue(TestCa.server("aaa.example.org"));
    static final TestCa.Issued CLIENT = CA.issue(TestCa.client("mn1@example.org"));
    static final RandomSource RANDOM = RandomSource.of(new Random(4));

    private EapTls() {}

    static TlsServerSide serverSide(TestCa.Issued own, TestCa clients, TlsVersion... versions) {
        return new TlsServerSide(
                new TlsServerSettings(
                        own.certifiedKey(), new ClientCertificate.Required(clients.anchors()), Set.of(versions)),
                TestCa.CLOCK,
                RANDOM);
    }

    static TlsClientSide clientSide(Optional<TestCa.Issued> own, TestCa servers, TlsVersion... versions) {
        return new TlsClientSide(
                new TlsClientSettings(
                        own.map(TestCa.Issued::certifiedKey),
                        servers.anchors(),
                        Set.of("aaa.example.org"),
                        Set.of(versions)),
                TestCa.CLOCK,
                RANDOM);
    }

    /** Lets the bearer of any good certificate in, by its first name. */
    static TlsServer server(TlsServerSide side, int fragment) {
        return new TlsServer(
                new TlsOverEap(side, new EapTlsFragments(0, fragment)),
                certificate -> new TlsAccounts.Account(certificate.names().getFirst(), Optional.empty()));
    }

    static TlsServer server(TlsVersion version) {
        return server(serverSide(SERVER, CA, version), EapTlsFragments.DEFAULT_FRAGMENT);
    }

    static TlsPeer peer(TlsClientSide side, int fragment) {
        return new TlsPeer(side, new EapTlsFragments(0, fragment));
    }

    static TlsPeer peer(TlsVersion version) {
        return peer(clientSide(Optional.of(CLIENT), CA, version), EapTlsFragments.DEFAULT_FRAGMENT);
    }

    static EapAuthenticator authenticator(TlsServer server) {
        return new EapAuthenticator(
                claimed -> List.of(new MethodOffer(EapType.TLS, () -> server)),
                IdentityQuestion.ASK,
                Optional.empty(),
                new EapLimits(200, 4096),
                RANDOM);
    }

    static EapPeer eapPeer(TlsPeer peer) {
        return new EapPeer(Octets.utf8("anonymous@example.org"), List.of(peer), new EapLimits(200, 4096));
    }
}
