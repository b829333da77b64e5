package org.homeport.eap.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.homeport.eap.EapType;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Client and server of TLS against each other. */
class TlsSidesTest {
    private static final RandomSource RANDOM = RandomSource.of(new Random(1));
    private static final TestCa CA = TestCa.root("Test Root", TestCa.Kind.P256);
    private static final TestCa.Issued SERVER = CA.issue(TestCa.server("aaa.example.org"));
    private static final TestCa.Issued CLIENT = CA.issue(TestCa.client("mn1@example.org"));

    /** How both ended, after as many flights as they had. */
    private record Meeting(TlsServerSide server, TlsClientSide client) {
        Meeting run() {
            server.begin();
            Octets flight = client.begin().toSend();
            for (int i = 0; i < 10 && !flight.isEmpty(); i++) {
                Octets back = server.receive(flight).toSend();
                flight = back.isEmpty() ? Octets.EMPTY : client.receive(back).toSend();
            }
            return this;
        }
    }

    private static TlsServerSettings server(TestCa.Issued own, ClientCertificate client, TlsVersion version) {
        return new TlsServerSettings(own.certifiedKey(), client, Set.of(version));
    }

    private static Meeting meet(TlsServerSettings server, TlsClientSettings client) {
        return new Meeting(
                        new TlsServerSide(server, TestCa.CLOCK, RANDOM),
                        new TlsClientSide(client, TestCa.CLOCK, RANDOM))
                .run();
    }

    private static TlsClientSettings client(Optional<TestCa.Issued> own) {
        return new TlsClientSettings(own.map(TestCa.Issued::certifiedKey), CA.anchors(), Set.of("aaa.example.org"));
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_1_2, P256", "TLS_1_2, P384", "TLS_1_2, RSA", "TLS_1_2, ED25519",
        "TLS_1_3, P256", "TLS_1_3, P384", "TLS_1_3, RSA", "TLS_1_3, ED25519"
    })
    void bothProveThemselvesAndShareKeys(TlsVersion version, TestCa.Kind kind) {
        TestCa ca = TestCa.root("Root", kind);
        Meeting meeting = meet(
                server(
                        ca.issue(TestCa.server("aaa.example.org").kind(kind)),
                        new ClientCertificate.Required(ca.anchors()),
                        version),
                new TlsClientSettings(
                        Optional.of(ca.issue(TestCa.client("mn1@example.org").kind(kind))
                                .certifiedKey()),
                        ca.anchors(),
                        Set.of("other.example.org", "AAA.example.org")));
        assertThat(meeting.server().status()).isEqualTo(new TlsStatus.Established());
        assertThat(meeting.client().status()).isEqualTo(new TlsStatus.Established());
        assertThat(meeting.server().version()).isEqualTo(version);
        assertThat(meeting.server().peerCertificate().orElseThrow().names()).containsExactly("mn1@example.org");
        assertThat(meeting.client().serverName()).contains("AAA.example.org");
        EapTlsKeys serverKeys = EapTlsKeys.of(meeting.server(), EapType.legacy(13), EapTlsKeys.EAP_TLS_LABEL);
        EapTlsKeys clientKeys = EapTlsKeys.of(meeting.client(), EapType.legacy(13), EapTlsKeys.EAP_TLS_LABEL);
        assertThat(serverKeys).isEqualTo(clientKeys);
        assertThat(serverKeys.msk()).isNotEqualTo(serverKeys.emsk());
        assertThat(serverKeys.sessionId().length()).isEqualTo(65);
    }

    @ParameterizedTest
    @EnumSource
    void applicationDataGoesBothWays(TlsVersion version) {
        Meeting meeting = meet(server(SERVER, new ClientCertificate.NotAsked(), version), client(Optional.empty()));
        assertThat(meeting.server().peerCertificate()).isEmpty();
        Octets there = meeting.client().send(Octets.utf8("ping")).toSend();
        assertThat(meeting.server().receive(there).data()).isEqualTo(Octets.utf8("ping"));
        Octets back = meeting.server().send(Octets.utf8("pong")).toSend();
        assertThat(meeting.client().receive(back).data()).isEqualTo(Octets.utf8("pong"));
    }

    @ParameterizedTest
    @EnumSource
    void clientWithoutCertificateIsRefusedWhereOneIsRequired(TlsVersion version) {
        Meeting meeting =
                meet(server(SERVER, new ClientCertificate.Required(CA.anchors()), version), client(Optional.empty()));
        assertThat(reason(meeting.server())).contains("the client sent no certificate");
        assertThat(reason(meeting.client())).contains("the server sent the TLS alert", "we have none");
    }

    @ParameterizedTest
    @EnumSource
    void clientOfAnotherCaIsRefused(TlsVersion version) {
        TestCa other = TestCa.root("Another Root", TestCa.Kind.P256);
        Meeting meeting = meet(
                server(SERVER, new ClientCertificate.Required(CA.anchors()), version),
                client(Optional.of(other.issue(TestCa.client("mn1@example.org")))));
        assertThat(reason(meeting.server())).contains("the client's certificate", "CN=Another Root", "no trust anchor");
        assertThat(reason(meeting.client())).contains("unknown_ca");
    }

    @ParameterizedTest
    @EnumSource
    void expiredClientIsRefused(TlsVersion version) {
        Meeting meeting = meet(
                server(SERVER, new ClientCertificate.Welcome(CA.anchors()), version),
                client(Optional.of(CA.issue(TestCa.client("mn1@example.org")
                        .valid(TestCa.NOW.minus(Duration.ofDays(9)), TestCa.NOW.minus(Duration.ofSeconds(1)))))));
        assertThat(reason(meeting.server())).contains("expired at 2026-06-01T11:59:59Z");
        assertThat(reason(meeting.client())).contains("certificate_expired");
    }

    @ParameterizedTest
    @EnumSource
    void serverCertificateIsNoClientCertificate(TlsVersion version) {
        Meeting meeting = meet(
                server(SERVER, new ClientCertificate.Required(CA.anchors()), version),
                client(Optional.of(CA.issue(
                        TestCa.client("mn1@example.org").purpose(Optional.of(KeyPurposeId.id_kp_serverAuth))))));
        assertThat(reason(meeting.server())).contains("has no clientAuth");
    }

    @ParameterizedTest
    @EnumSource
    void serverOfAnotherNameIsRefused(TlsVersion version) {
        Meeting meeting = meet(
                server(CA.issue(TestCa.server("www.example.org")), new ClientCertificate.NotAsked(), version),
                client(Optional.empty()));
        assertThat(reason(meeting.client())).contains("www.example.org", "expected one of [aaa.example.org]");
        assertThat(reason(meeting.server())).contains("the client sent the TLS alert bad_certificate");
    }

    @Test
    void certificateOfTheFutureIsRefused() {
        Meeting meeting = new Meeting(
                        new TlsServerSide(
                                new TlsServerSettings(SERVER.certifiedKey(), new ClientCertificate.NotAsked()),
                                TestCa.CLOCK,
                                RANDOM),
                        new TlsClientSide(
                                client(Optional.empty()),
                                InstantSource.fixed(TestCa.NOW.minus(Duration.ofDays(3))),
                                RANDOM))
                .run();
        assertThat(reason(meeting.client())).contains("is not valid before");
    }

    @Test
    void sidesWithoutCommonVersionTellEachOther() {
        Meeting meeting = meet(
                server(SERVER, new ClientCertificate.NotAsked(), TlsVersion.TLS_1_3),
                new TlsClientSettings(Optional.empty(), CA.anchors(), Set.of(), Set.of(TlsVersion.TLS_1_2)));
        assertThat(reason(meeting.server())).contains("protocol_version");
        assertThat(reason(meeting.client())).contains("no version of TLS that both speak");
    }

    @ParameterizedTest
    @EnumSource
    void deniedClientLearnsIt(TlsVersion version) {
        Meeting meeting = meet(server(SERVER, new ClientCertificate.NotAsked(), version), client(Optional.empty()));
        TlsTurn denial = meeting.server().deny("nobody knows it");
        assertThat(denial.status()).isInstanceOf(TlsStatus.Failed.class);
        meeting.client().receive(denial.toSend());
        assertThat(reason(meeting.client())).contains("access_denied");
    }

    @Test
    void garbageIsAFailureOnEitherSide() {
        for (int seed = 0; seed < 300; seed++) {
            Octets garbage = RandomSource.of(new Random(seed)).octets(1 + seed);
            TlsServerSide server = new TlsServerSide(
                    new TlsServerSettings(SERVER.certifiedKey(), new ClientCertificate.NotAsked()),
                    TestCa.CLOCK,
                    RANDOM);
            server.begin();
            assertThat(server.receive(garbage).status()).isNotInstanceOf(TlsStatus.Established.class);
            TlsClientSide client = new TlsClientSide(client(Optional.empty()), TestCa.CLOCK, RANDOM);
            client.begin();
            assertThat(client.receive(garbage).status()).isNotInstanceOf(TlsStatus.Established.class);
        }
    }

    private static String reason(TlsSide side) {
        assertThat(side.status()).isInstanceOf(TlsStatus.Failed.class);
        return ((TlsStatus.Failed) side.status()).reason();
    }
}
