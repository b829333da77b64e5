package org.homeport.eap.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.bouncycastle.tls.TlsProtocol;
import org.homeport.eap.AuthenticatorStep;
import org.homeport.eap.Conversation;
import org.homeport.eap.MethodResult;
import org.homeport.eap.PeerStep;
import org.homeport.eap.PeerStep.Standing;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.ServerStep;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** EAP-TLS, server and peer against each other. */
class EapTlsTest {
    private static final Octets SAYS_NOTHING = Octets.of(0);

    private static Conversation converse(TlsServer server, TlsPeer peer) {
        return new Conversation(EapTls.authenticator(server), EapTls.eapPeer(peer)).run();
    }

    @ParameterizedTest
    @CsvSource({"TLS_1_2, 1024", "TLS_1_3, 1024", "TLS_1_2, 100", "TLS_1_3, 100"})
    void bothAgreeOnKeysAndSessionId(TlsVersion version, int fragment) {
        Conversation conversation = converse(
                EapTls.server(EapTls.serverSide(EapTls.SERVER, EapTls.CA, version), fragment),
                EapTls.peer(EapTls.clientSide(Optional.of(EapTls.CLIENT), EapTls.CA, version), fragment));
        MethodResult server = conversation.granted().orElseThrow();
        MethodResult peer = conversation.accepted().orElseThrow();
        assertThat(server.msk().orElseThrow().length()).isEqualTo(64);
        assertThat(server.msk()).isEqualTo(peer.msk());
        assertThat(server.sessionId()).isEqualTo(peer.sessionId());
        assertThat(server.sessionId().orElseThrow().at(0)).isEqualTo(13);
        assertThat(server.identity()).contains("mn1@example.org");
        assertThat(peer.identity()).contains("aaa.example.org");
        assertThat(server.method()).isEqualTo("TLS");
    }

    @ParameterizedTest
    @EnumSource
    void longChainsTakeManyFragments(TlsVersion version) {
        TestCa root = TestCa.root("Root", TestCa.Kind.RSA);
        TestCa low = root.below("One").below("Two").below("Three");
        Conversation conversation = converse(
                EapTls.server(
                        EapTls.serverSide(
                                low.issue(TestCa.server("aaa.example.org").kind(TestCa.Kind.RSA)), root, version),
                        250),
                EapTls.peer(
                        EapTls.clientSide(
                                Optional.of(low.issue(
                                        TestCa.client("mn1@example.org").kind(TestCa.Kind.RSA))),
                                root,
                                version),
                        250));
        assertThat(conversation.granted()).isPresent();
        assertThat(conversation.granted().get().msk())
                .isEqualTo(conversation.accepted().orElseThrow().msk());
    }

    @ParameterizedTest
    @EnumSource
    void newestCommonVersionIsTaken(TlsVersion newest) {
        TlsServerSide server = EapTls.serverSide(EapTls.SERVER, EapTls.CA, TlsVersion.values());
        TlsVersion[] versions =
                newest == TlsVersion.TLS_1_3 ? TlsVersion.values() : new TlsVersion[] {TlsVersion.TLS_1_2};
        converse(
                EapTls.server(server, 1024),
                EapTls.peer(EapTls.clientSide(Optional.of(EapTls.CLIENT), EapTls.CA, versions), 1024));
        assertThat(server.version()).isEqualTo(newest);
    }

    @ParameterizedTest
    @EnumSource
    void clientOfAnotherCaIsRefusedAndLearnsWhy(TlsVersion version) {
        TestCa other = TestCa.root("Another Root", TestCa.Kind.P256);
        Conversation conversation = converse(
                EapTls.server(version),
                EapTls.peer(
                        EapTls.clientSide(
                                Optional.of(other.issue(TestCa.client("mn1@example.org"))), EapTls.CA, version),
                        1024));
        assertThat(refused(conversation)).contains("the client's certificate is refused", "CN=Another Root");
        assertThat(failed(conversation)).contains("unknown_ca");
    }

    @ParameterizedTest
    @EnumSource
    void clientWithoutCertificateIsRefusedAndLearnsWhy(TlsVersion version) {
        Conversation conversation = converse(
                EapTls.server(version), EapTls.peer(EapTls.clientSide(Optional.empty(), EapTls.CA, version), 1024));
        assertThat(refused(conversation)).contains("the client sent no certificate");
        assertThat(failed(conversation)).contains("we have none");
    }

    @ParameterizedTest
    @EnumSource
    void expiredServerIsRefusedAndItsOperatorLearnsWhy(TlsVersion version) {
        TestCa.Issued expired = EapTls.CA.issue(TestCa.server("aaa.example.org")
                .valid(TestCa.NOW.minus(Duration.ofDays(2)), TestCa.NOW.minus(Duration.ofDays(1))));
        Conversation conversation =
                converse(EapTls.server(EapTls.serverSide(expired, EapTls.CA, version), 1024), EapTls.peer(version));
        assertThat(refused(conversation)).contains("the client sent the TLS alert certificate_expired");
        assertThat(failed(conversation)).contains("the server's certificate is refused", "expired at");
    }

    @ParameterizedTest
    @EnumSource
    void serverOfAnotherNameIsRefused(TlsVersion version) {
        TestCa.Issued www = EapTls.CA.issue(TestCa.server("www.example.org"));
        Conversation conversation =
                converse(EapTls.server(EapTls.serverSide(www, EapTls.CA, version), 1024), EapTls.peer(version));
        assertThat(failed(conversation)).contains("www.example.org", "expected one of [aaa.example.org]");
        assertThat(refused(conversation)).contains("bad_certificate");
    }

    @ParameterizedTest
    @EnumSource
    void bearerOfAGoodCertificateWhoIsNobodyIsDenied(TlsVersion version) {
        TlsServer server = new TlsServer(
                new TlsOverEap(EapTls.serverSide(EapTls.SERVER, EapTls.CA, version), new EapTlsFragments(0, 1024)),
                certificate -> new TlsAccounts.Account("nobody", Optional.of("no user " + certificate.names())));
        Conversation conversation = converse(server, EapTls.peer(version));
        assertThat(refused(conversation)).isEqualTo("no user [mn1@example.org]");
        assertThat(failed(conversation)).contains("access_denied");
        assertThat(conversation.accepted()).isEmpty();
    }

    /** RFC 9190 section 2.5: before the indication no success is believed; after it, no failure. */
    @Test
    void successIsBelievedOnlyAfterTheIndication() {
        Lockstep lockstep = new Lockstep(EapTls.server(TlsVersion.TLS_1_3), EapTls.peer(TlsVersion.TLS_1_3));
        assertThat(lockstep.run())
                .extracting(answer -> answer.standing().getClass())
                .containsExactly((Class) Standing.Undecided.class, (Class) Standing.Undecided.class, (Class)
                        Standing.Agreed.class);
    }

    /** RFC 5216: the server's Finished shows that it took ours; it may still think better of it. */
    @Test
    void successIsBelievedAfterTheServersFinished() {
        Lockstep lockstep = new Lockstep(EapTls.server(TlsVersion.TLS_1_2), EapTls.peer(TlsVersion.TLS_1_2));
        assertThat(lockstep.run())
                .extracting(answer -> answer.standing().getClass())
                .containsExactly((Class) Standing.Undecided.class, (Class) Standing.Undecided.class, (Class)
                        Standing.Content.class);
    }

    /**
     * RFC 9190 section 2.5: the server "MUST NOT send an encrypted TLS record with application data 0x00 before it has
     * successfully processed the client Finished". One that does has not looked at our certificate.
     */
    @Test
    void successIndicationInFrontOfOurFinishedIsRefused() throws Exception {
        TlsServerSide side = EapTls.serverSide(EapTls.SERVER, EapTls.CA, TlsVersion.TLS_1_3);
        TlsPeer peer = EapTls.peer(TlsVersion.TLS_1_3);
        side.begin();
        Octets hello = ((PeerStep.Answer) peer.handle(Octets.of(0x20), 1)).typeData();
        Octets flight = side.receive(hello.from(1)).toSend();
        Field ready = TlsProtocol.class.getDeclaredField("appDataReady");
        ready.setAccessible(true);
        ready.set(side.protocol(), true);
        side.protocol().writeApplicationData(new byte[1], 0, 1);
        byte[] early = new byte[side.protocol().getAvailableOutputBytes()];
        side.protocol().readOutput(early, 0, early.length);
        PeerStep.Answer answer = (PeerStep.Answer) peer.handle(whole(flight.plus(Octets.wrap(early))), 2);
        assertThat(((Standing.Lost) answer.standing()).reason()).contains("before it can know us");
    }

    @Test
    void successIndicationHasToBeOneZero() {
        for (Octets data : List.of(Octets.of(1), Octets.of(0, 0), Octets.utf8("welcome"))) {
            TlsServerSide side = EapTls.serverSide(EapTls.SERVER, EapTls.CA, TlsVersion.TLS_1_3);
            TlsPeer peer = EapTls.peer(TlsVersion.TLS_1_3);
            handshake(side, peer);
            PeerStep.Answer answer =
                    (PeerStep.Answer) peer.handle(whole(side.send(data).toSend()), 9);
            assertThat(((Standing.Lost) answer.standing()).reason()).contains("expected the success indication");
            assertThat(side.receive(answer.typeData().from(1)).status())
                    .isInstanceOfSatisfying(
                            TlsStatus.Failed.class,
                            failed -> assertThat(failed.reason())
                                    .contains("the client sent the TLS alert unexpected_message"));
        }
    }

    @Test
    void emptyRequestIsNoSuccessIndication() {
        TlsServerSide side = EapTls.serverSide(EapTls.SERVER, EapTls.CA, TlsVersion.TLS_1_3);
        TlsPeer peer = EapTls.peer(TlsVersion.TLS_1_3);
        handshake(side, peer);
        assertThat(peer.handle(SAYS_NOTHING, 9)).isInstanceOf(PeerStep.Failed.class);
    }

    /** RFC 5216 section 2.1.3: the alert goes in a Request, and the Failure waits for the Response. */
    @Test
    void failureWaitsUntilTheAlertIsTaken() {
        TlsServer server = EapTls.server(TlsVersion.TLS_1_3);
        server.begin(1);
        Octets hello = EapTls.clientSide(Optional.empty(), EapTls.CA, TlsVersion.TLS_1_2)
                .begin()
                .toSend();
        assertThat(server.respond(whole(hello), 2)).isInstanceOfSatisfying(ServerStep.Ask.class, ask -> {
            // Content type 21, level fatal, protocol_version (RFC 5246 section 7.2).
            assertThat(ask.typeData()).isEqualTo(Octets.fromHex("00 15 0303 0002 02 46"));
            assertThat(ask.setback()).isPresent();
        });
        assertThat(server.respond(SAYS_NOTHING, 3)).isInstanceOf(ServerStep.Failed.class);
        assertThat(server.respond(SAYS_NOTHING, 4)).isInstanceOf(ServerStep.Ignored.class);
    }

    /** The library is silent to whoever is no TLS client at all; so the Failure comes at once. */
    @Test
    void peerThatSpeaksNoTlsFails() {
        TlsServer server = EapTls.server(TlsVersion.TLS_1_3);
        server.begin(1);
        assertThat(server.respond(whole(Octets.fromHex("16 0301 0004 01000000")), 2))
                .isInstanceOf(ServerStep.Failed.class);
    }

    @Test
    void silenceInTheMidstOfTheHandshakeIsTheEnd() {
        TlsServer server = EapTls.server(TlsVersion.TLS_1_3);
        server.begin(1);
        assertThat(server.respond(SAYS_NOTHING, 2)).isInstanceOf(ServerStep.Failed.class);
        TlsPeer peer = EapTls.peer(TlsVersion.TLS_1_3);
        assertThat(peer.handle(SAYS_NOTHING, 1)).isInstanceOf(PeerStep.Failed.class);
    }

    @ParameterizedTest
    @EnumSource
    void halfAFlightIsTheEnd(TlsVersion version) {
        TlsServer server = EapTls.server(version);
        server.begin(1);
        TlsPeer peer = EapTls.peer(version);
        Octets hello = ((PeerStep.Answer) peer.handle(Octets.of(0x20), 1)).typeData();
        assertThat(server.respond(hello.slice(0, hello.length() - 1), 2)).isInstanceOf(ServerStep.Failed.class);
    }

    /** Whatever bit is flipped: both have the same keys, or nobody is accepted. */
    @ParameterizedTest
    @EnumSource
    void corruptionNeverAuthenticatesWrongly(TlsVersion version) {
        int rejected = 0;
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            UnaryOperator<Octets> noise = packet -> random.nextInt(5) == 0 ? flipped(packet, random) : packet;
            Conversation conversation = new Conversation(
                            EapTls.authenticator(EapTls.server(version)),
                            EapTls.eapPeer(EapTls.peer(version)),
                            noise,
                            noise)
                    .run();
            if (conversation.accepted().isPresent()) {
                assertThat(conversation.granted().orElseThrow().msk())
                        .as("seed %s", seed)
                        .isEqualTo(conversation.accepted().get().msk());
            } else {
                rejected++;
            }
        }
        assertThat(rejected).isGreaterThan(30);
    }

    /** Server and peer without EAP around them. */
    private record Lockstep(TlsServer server, TlsPeer peer) {
        List<PeerStep.Answer> run() {
            List<PeerStep.Answer> answers = new ArrayList<>();
            ServerStep step = server.begin(1);
            while (step instanceof ServerStep.Ask ask) {
                answers.add((PeerStep.Answer) peer.handle(ask.typeData(), answers.size() + 1));
                step = server.respond(answers.getLast().typeData(), answers.size() + 2);
            }
            assertThat(step).isInstanceOf(ServerStep.Done.class);
            return answers;
        }
    }

    /** Up to and with the client's Finished. */
    private static void handshake(TlsServerSide side, TlsPeer peer) {
        side.begin();
        Octets toPeer = Octets.of(0x20);
        while (!(side.status() instanceof TlsStatus.Established)) {
            Octets answer = ((PeerStep.Answer) peer.handle(toPeer, 1)).typeData();
            toPeer = whole(side.receive(answer.from(1)).toSend());
        }
    }

    private static Octets whole(Octets tls) {
        return SAYS_NOTHING.plus(tls);
    }

    private static Octets flipped(Octets packet, Random random) {
        byte[] bytes = packet.toByteArray();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return Octets.wrap(bytes);
    }

    private static String refused(Conversation conversation) {
        return ((AuthenticatorStep.Refused) conversation.authenticatorEnd().orElseThrow()).reason();
    }

    private static String failed(Conversation conversation) {
        return ((PeerTurn.Failed) conversation.peerEnd().orElseThrow()).reason();
    }
}
