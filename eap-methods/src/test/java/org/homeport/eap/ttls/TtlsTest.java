package org.homeport.eap.ttls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.eap.tunnel.Tunnels.converse;
import static org.homeport.eap.tunnel.Tunnels.failed;
import static org.homeport.eap.tunnel.Tunnels.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.homeport.eap.AuthenticatorStep;
import org.homeport.eap.Conversation;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.MethodOffer;
import org.homeport.eap.MethodResult;
import org.homeport.eap.Methods;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerStep;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.ServerStep;
import org.homeport.eap.gtc.GtcPeer;
import org.homeport.eap.mschapv2.MschapV2Accounts;
import org.homeport.eap.tls.EapTlsFragments;
import org.homeport.eap.tls.TestCa;
import org.homeport.eap.tls.TlsClientSide;
import org.homeport.eap.tls.TlsOverEap;
import org.homeport.eap.tls.TlsServerSide;
import org.homeport.eap.tls.TlsSide;
import org.homeport.eap.tls.TlsVersion;
import org.homeport.eap.tunnel.InnerPeer;
import org.homeport.eap.tunnel.InnerServer;
import org.homeport.eap.tunnel.TunnelKind;
import org.homeport.eap.tunnel.TunnelPeer;
import org.homeport.eap.tunnel.TunnelServer;
import org.homeport.eap.tunnel.Tunnels;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** EAP-TTLS, server and peer against each other. */
class TtlsTest {
    enum Inner {
        PAP,
        MSCHAPV2,
        EAP_MSCHAPV2,
        EAP_GTC,
        EAP_MD5
    }

    private static final MethodOffer[] OFFERS = {Methods.mschapV2(), Tunnels.gtc(), Methods.md5()};

    private static TtlsCredential credential(Inner inner, String password) {
        return switch (inner) {
            case PAP -> new TtlsCredential.Pap("mn1", Secret.utf8(password));
            case MSCHAPV2 -> new TtlsCredential.MschapV2("mn1", Methods.ntHash(password));
            case EAP_MSCHAPV2 -> eap(Methods.mschapV2Peer(password));
            case EAP_GTC -> eap(new GtcPeer(Secret.utf8(password)));
            case EAP_MD5 -> eap(Methods.md5Peer(password));
        };
    }

    private static TtlsCredential eap(PeerMethod method) {
        return new TtlsCredential.Eap(EapPeer.inTunnel(Octets.utf8("mn1"), List.of(method), EapLimits.DEFAULT));
    }

    private static PeerMethod peer(TlsVersion version, int fragment, TtlsCredential credential) {
        return TtlsPeer.of(Tunnels.clientSide(version), fragment, credential, Tunnels.RANDOM);
    }

    private static ServerMethod server(TlsServerSide side, int fragment) {
        return TtlsServer.of(
                side,
                fragment,
                new TtlsAccounts(
                        (name, password) -> Tunnels.verdict(password),
                        name -> new MschapV2Accounts.Account(name.utf8(), Methods.ntHash("secret"), Optional.empty()),
                        claimed -> List.of(OFFERS)),
                Tunnels.RANDOM);
    }

    private static void agree(TlsVersion version, Inner inner, int fragment) {
        Conversation conversation = converse(
                server(Tunnels.serverSide(version), fragment), peer(version, fragment, credential(inner, "secret")));
        assertThat(conversation.granted()).as("%s in %s", inner, version).isPresent();
        assertThat(conversation.accepted()).as("%s in %s", inner, version).isPresent();
        MethodResult server = conversation.granted().orElseThrow();
        MethodResult peer = conversation.accepted().orElseThrow();
        assertThat(server.msk()).isPresent().isEqualTo(peer.msk());
        assertThat(server.sessionId()).isPresent().isEqualTo(peer.sessionId());
        assertThat(server.sessionId().orElseThrow().at(0)).isEqualTo(21);
        assertThat(server.identity()).contains("mn1");
        assertThat(peer.identity()).contains("aaa.example.org");
        assertThat(server.method()).isEqualTo("TTLS");
    }

    @ParameterizedTest
    @EnumSource
    void bothAgreeOnKeysWhateverIsInside(TlsVersion version) {
        for (Inner inner : Inner.values()) {
            agree(version, inner, 1024);
        }
    }

    @ParameterizedTest
    @EnumSource
    void smallFragmentsDo(TlsVersion version) {
        agree(version, Inner.MSCHAPV2, 100);
        agree(version, Inner.EAP_MSCHAPV2, 64);
    }

    @ParameterizedTest
    @EnumSource
    void wrongPasswordIsRefused(TlsVersion version) {
        for (Inner inner : Inner.values()) {
            Conversation conversation = converse(
                    server(Tunnels.serverSide(version), 1024), peer(version, 1024, credential(inner, "wrong")));
            assertThat(refused(conversation)).contains("wrong password for 'mn1'");
            assertThat(conversation.accepted()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void serverOfAnotherNameOrCaSeesNoCredential(TlsVersion version) {
        TestCa other = TestCa.root("Another Root", TestCa.Kind.P256);
        for (TestCa.Issued wrong : List.of(
                Tunnels.CA.issue(TestCa.server("evil.example.org")), other.issue(TestCa.server("aaa.example.org")))) {
            Script script = new Script(data -> new InnerServer.Step.Done(Optional.of("mn1")));
            Conversation conversation = converse(
                    script.around(Tunnels.serverSide(wrong, version)),
                    peer(version, 1024, credential(Inner.PAP, "secret")));
            assertThat(failed(conversation)).contains("the server's certificate is refused");
            assertThat(script.taken).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void serverThatDoesNotKnowThePasswordIsRefused(TlsVersion version) {
        Octets lie = AvpCodec.encode(List.of(Avp.mandatory(
                Avp.Kind.MS_CHAP2_SUCCESS, ChapAvpCodec.encode(new ChapAvpCodec.Success(0, Octets.zeros(20))))));
        Conversation conversation = converse(
                new Script(data -> new InnerServer.Step.Say(lie)).around(Tunnels.serverSide(version)),
                peer(version, 1024, credential(Inner.MSCHAPV2, "secret")));
        assertThat(failed(conversation)).contains("the server does not know the password");
    }

    @ParameterizedTest
    @EnumSource
    void successBeforeTheServersProofIsNotBelieved(TlsVersion version) {
        for (Inner inner : List.of(Inner.MSCHAPV2, Inner.EAP_MSCHAPV2)) {
            Conversation conversation = converse(
                    new Script(data -> new InnerServer.Step.Done(Optional.of("mn1")))
                            .around(Tunnels.serverSide(version)),
                    peer(version, 1024, credential(inner, "secret")));
            assertThat(conversation.authenticatorEnd().orElseThrow()).isInstanceOf(AuthenticatorStep.Granted.class);
            assertThat(conversation.peerEnd().orElseThrow()).isInstanceOf(PeerTurn.Ignored.class);
        }
    }

    /** In the midst of fragments as well, some of which have the password of PAP in them. */
    @ParameterizedTest
    @EnumSource
    void earlySuccessIsNotBelieved(TlsVersion version) {
        for (Inner inner : Inner.values()) {
            for (int fragment : List.of(1024, 70)) {
                Tunnels.earlySuccessIsNotBelieved(
                        () -> server(Tunnels.serverSide(version), fragment),
                        () -> peer(version, fragment, credential(inner, "secret")));
            }
        }
    }

    /** RFC 5281 section 11.2.5 has no proof that the server knows the password: it may still refuse. */
    @Test
    void peerThatSentItsPasswordIsContentAndNoMore() {
        PeerMethod peer = peer(TlsVersion.TLS_1_2, 1024, credential(Inner.PAP, "secret"));
        ServerMethod server = server(Tunnels.serverSide(TlsVersion.TLS_1_2), 1024);
        ServerStep step = server.begin(1);
        PeerStep.Standing standing = new PeerStep.Standing.Undecided();
        for (int id = 1; step instanceof ServerStep.Ask ask; id++) {
            PeerStep.Answer answer = (PeerStep.Answer) peer.handle(ask.typeData(), id);
            standing = answer.standing();
            step = server.respond(answer.typeData(), id + 1);
        }
        assertThat(standing).isInstanceOf(PeerStep.Standing.Content.class);
    }

    @ParameterizedTest
    @EnumSource
    void indicationOfSuccessIsTakenByThoseWhoAreContent(TlsVersion version) {
        Octets indication = Octets.of(0);
        Script says = new Script(data ->
                data.isEmpty() ? new InnerServer.Step.Done(Optional.of("mn1")) : new InnerServer.Step.Say(indication));
        Conversation content = converse(
                says.around(Tunnels.serverSide(version)), peer(version, 1024, credential(Inner.PAP, "secret")));
        assertThat(content.accepted()).isPresent();
        for (Inner inner : List.of(Inner.MSCHAPV2, Inner.EAP_MSCHAPV2)) {
            assertThat(failed(converse(
                            new Script(data -> new InnerServer.Step.Say(indication))
                                    .around(Tunnels.serverSide(version)),
                            peer(version, 1024, credential(inner, "secret")))))
                    .contains("a success before anything was proved");
        }
    }

    @Test
    void endlessPasswordIsRefusedUnread() {
        assertThat(serverAt(AvpCodec.encode(List.of(
                        Avp.mandatory(Avp.Kind.USER_NAME, Octets.utf8("mn1")),
                        Avp.mandatory(Avp.Kind.USER_PASSWORD, Octets.zeros(1025))))))
                .contains("a password of 1025 octets");
    }

    @Test
    void peerOfAnotherVersionIsRefused() {
        ServerMethod server = server(Tunnels.serverSide(TlsVersion.TLS_1_2), 1024);
        Octets start = ((ServerStep.Ask) server.begin(1)).typeData();
        PeerMethod peer = peer(TlsVersion.TLS_1_2, 1024, credential(Inner.PAP, "secret"));
        byte[] hello = ((PeerStep.Answer) peer.handle(start, 1)).typeData().toByteArray();
        hello[0] |= 1;
        assertThat(server.respond(Octets.wrap(hello), 2))
                .isEqualTo(new ServerStep.Failed("TTLS: the peer chose version 1; expected 0"));
    }

    @Test
    void serverOfALaterVersionIsAnsweredWithOurs() {
        PeerMethod peer = peer(TlsVersion.TLS_1_2, 1024, credential(Inner.PAP, "secret"));
        Octets hello = ((PeerStep.Answer) peer.handle(Octets.of(0x21), 1)).typeData();
        assertThat(hello.at(0) & 7).isZero();
    }

    @Test
    void truncatedAvpsAndUnknownMandatoryOnesEndIt() {
        Octets whole = AvpCodec.encode(List.of(Avp.mandatory(Avp.Kind.REPLY_MESSAGE, Octets.utf8("abc"))));
        Octets unknown = AvpCodec.encode(List.of(new Avp(4711, 0, Avp.Support.MANDATORY, Octets.EMPTY)));
        assertThat(afterFirst(whole.slice(0, 10))).contains("malformed AVPs");
        assertThat(afterFirst(unknown)).contains("the server insists on AVP 4711");
        assertThat(afterFirst(whole)).contains("asks for more than the password: abc");
    }

    @Test
    void serverRefusesWhatItCannotUnderstand() {
        Octets name = AvpCodec.encode(List.of(Avp.mandatory(Avp.Kind.USER_NAME, Octets.utf8("mn1"))));
        Octets unknown = AvpCodec.encode(List.of(new Avp(4711, 311, Avp.Support.MANDATORY, Octets.EMPTY)));
        assertThat(serverAt(Octets.of(0, 0, 0, 1, 0x40, 0, 0, 7))).contains("malformed AVPs");
        assertThat(serverAt(name.plus(unknown))).contains("insists on AVP 311:4711");
        assertThat(serverAt(name)).contains("none of User-Password");
    }

    /** The challenge is the tunnel's: one that the peer brings along is worth nothing (RFC 5281 section 11.1). */
    @Test
    void challengeOfAnotherTunnelIsRefused() {
        Octets response = ChapAvpCodec.encode(new ChapAvpCodec.Response(1, Octets.zeros(16), Octets.zeros(24)));
        assertThat(serverAt(AvpCodec.encode(List.of(
                        Avp.mandatory(Avp.Kind.USER_NAME, Octets.utf8("mn1")),
                        Avp.mandatory(Avp.Kind.MS_CHAP_CHALLENGE, Octets.zeros(16)),
                        Avp.mandatory(Avp.Kind.MS_CHAP2_RESPONSE, response)))))
                .contains("challenge or ident is not the tunnel's");
    }

    private static String afterFirst(Octets answer) {
        return failed(converse(
                new Script(data -> new InnerServer.Step.Say(answer)).around(Tunnels.serverSide(TlsVersion.TLS_1_3)),
                peer(TlsVersion.TLS_1_3, 1024, credential(Inner.PAP, "secret"))));
    }

    /** What the server makes of these AVPs from a peer in a real tunnel. */
    private static String serverAt(Octets avps) {
        return refused(converse(
                server(Tunnels.serverSide(TlsVersion.TLS_1_2), 1024),
                new TunnelPeer(
                        TunnelKind.TTLS,
                        Tunnels.clientSide(TlsVersion.TLS_1_2),
                        new EapTlsFragments(0, 1024),
                        new Says(avps))));
    }

    /** A peer that says one thing. */
    private record Says(Octets data) implements InnerPeer {
        @Override
        public Step begin(TlsClientSide side, int identifier) {
            return new Step.Say(data, new Opinion.Undecided());
        }

        @Override
        public Step take(Octets data, int identifier) {
            return new Step.Failed("enough");
        }
    }

    /** A server that answers as it is told, and remembers what it was told. */
    private static final class Script implements InnerServer {
        private final Function<Octets, Step> answers;
        private final List<Octets> taken = new ArrayList<>();
        private boolean asked;

        Script(Function<Octets, Step> answers) {
            this.answers = answers;
        }

        ServerMethod around(TlsServerSide side) {
            return new TunnelServer(TunnelKind.TTLS, new TlsOverEap(side, new EapTlsFragments(0, 1024)), this);
        }

        @Override
        public Step take(Octets data, TlsSide side, int nextIdentifier) {
            taken.add(data);
            asked = true;
            return answers.apply(data);
        }

        @Override
        public Step silence(int nextIdentifier) {
            return asked ? answers.apply(Octets.EMPTY) : new Step.Say(Octets.EMPTY);
        }
    }
}
