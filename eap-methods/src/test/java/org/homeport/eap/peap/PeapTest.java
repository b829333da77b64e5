package org.homeport.eap.peap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.eap.tunnel.Tunnels.converse;
import static org.homeport.eap.tunnel.Tunnels.failed;
import static org.homeport.eap.tunnel.Tunnels.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.digests.MD5Digest;
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
import org.homeport.eap.gtc.GtcPeer;
import org.homeport.eap.peap.PeapPacket.Verdict;
import org.homeport.eap.tls.EapTlsFragments;
import org.homeport.eap.tls.TlsOverEap;
import org.homeport.eap.tls.TlsSide;
import org.homeport.eap.tls.TlsVersion;
import org.homeport.eap.tunnel.InnerServer;
import org.homeport.eap.tunnel.TunnelKind;
import org.homeport.eap.tunnel.TunnelServer;
import org.homeport.eap.tunnel.Tunnels;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PEAPv0, server and peer against each other. */
class PeapTest {
    private static final Octets SUCCESS =
            PeapCodec.encode(new PeapPacket.Result(7, Verdict.SUCCESS), PeapCodec.Code.REQUEST);
    /** As FreeRADIUS sends it. */
    private static final Octets WHOLE_IDENTITY_REQUEST = Octets.of(1, 9, 0, 5, 1);

    private static PeerMethod peer(TlsVersion version, int fragment, PeerMethod inner) {
        return peer(version, fragment, inner, BindingPolicy.OPTIONAL);
    }

    private static PeerMethod peer(TlsVersion version, int fragment, PeerMethod inner, BindingPolicy policy) {
        return PeapPeer.of(
                Tunnels.clientSide(version),
                fragment,
                EapPeer.inTunnel(Octets.utf8("mn1"), List.of(inner), EapLimits.DEFAULT),
                policy,
                Tunnels.RANDOM);
    }

    private static ServerMethod server(TlsVersion version, int fragment, MethodOffer... offers) {
        return server(version, fragment, BindingPolicy.OPTIONAL, offers);
    }

    private static ServerMethod server(TlsVersion version, int fragment, BindingPolicy policy, MethodOffer... offers) {
        return PeapServer.of(Tunnels.serverSide(version), fragment, claimed -> List.of(offers), policy, Tunnels.RANDOM);
    }

    private static void agree(ServerMethod server, PeerMethod method) {
        Conversation conversation = converse(server, method);
        assertThat(conversation.granted()).isPresent();
        assertThat(conversation.accepted()).isPresent();
        MethodResult granted = conversation.granted().orElseThrow();
        MethodResult accepted = conversation.accepted().orElseThrow();
        assertThat(granted.msk()).isPresent().isEqualTo(accepted.msk());
        assertThat(granted.sessionId()).isPresent().isEqualTo(accepted.sessionId());
        assertThat(granted.sessionId().orElseThrow().at(0)).isEqualTo(25);
        assertThat(granted.identity()).contains("mn1");
        assertThat(accepted.identity()).contains("aaa.example.org");
        assertThat(granted.method()).isEqualTo("PEAP");
    }

    @ParameterizedTest
    @EnumSource
    void bothAgreeOnKeys(TlsVersion version) {
        agree(server(version, 1024, Methods.mschapV2()), peer(version, 1024, Methods.mschapV2Peer("secret")));
        agree(server(version, 1024, Tunnels.gtc()), peer(version, 1024, new GtcPeer(Secret.utf8("secret"))));
        agree(server(version, 80, Methods.mschapV2()), peer(version, 80, Methods.mschapV2Peer("secret")));
    }

    /** MD5 hashes an Identifier that does not go through the tunnel; fragments count on outside. */
    @ParameterizedTest
    @EnumSource
    void bothMeanOneIdentifierInside(TlsVersion version) {
        for (int fragment : List.of(1024, 64)) {
            agree(server(version, fragment, Methods.md5()), peer(version, fragment, Methods.md5Peer("secret")));
        }
    }

    @Test
    void identifierInsideIsThatOfTheRequestOutside() {
        Octets challenge = Octets.of(4, 2, 0xaa, 0xbb);
        Script script = new Script(challenge);
        converse(script.around(TlsVersion.TLS_1_2), peer(TlsVersion.TLS_1_2, 1024, Methods.md5Peer("secret")));
        MD5Digest md5 = new MD5Digest();
        byte[] hashed = Octets.concat(Octets.of(script.identifier), Octets.utf8("secret"), challenge.from(2))
                .toByteArray();
        md5.update(hashed, 0, hashed.length);
        byte[] expected = new byte[16];
        md5.doFinal(expected, 0);
        assertThat(script.taken.getFirst().slice(2, 18)).isEqualTo(Octets.wrap(expected));
    }

    @ParameterizedTest
    @EnumSource
    void bindingIsWhatBothDo(TlsVersion version) {
        for (BindingPolicy ours : BindingPolicy.values()) {
            for (BindingPolicy theirs : BindingPolicy.values()) {
                Conversation conversation = converse(
                        server(version, 1024, ours, Methods.mschapV2()),
                        peer(version, 1024, Methods.mschapV2Peer("secret"), theirs));
                boolean clash = ours == BindingPolicy.REQUIRED && theirs == BindingPolicy.NEVER
                        || ours == BindingPolicy.NEVER && theirs == BindingPolicy.REQUIRED;
                assertThat(conversation.granted().isPresent()).isEqualTo(!clash);
                assertThat(conversation.accepted().isPresent()).isEqualTo(!clash);
                assertThat(conversation.granted().flatMap(MethodResult::msk))
                        .isEqualTo(conversation.accepted().flatMap(MethodResult::msk));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void earlySuccessIsNotBelieved(TlsVersion version) {
        for (int fragment : List.of(1024, 70)) {
            Tunnels.earlySuccessIsNotBelieved(
                    () -> server(version, fragment, Methods.mschapV2()),
                    () -> peer(version, fragment, Methods.mschapV2Peer("secret")));
            Tunnels.earlySuccessIsNotBelieved(
                    () -> server(version, fragment, Tunnels.gtc()),
                    () -> peer(version, fragment, new GtcPeer(Secret.utf8("secret"))));
        }
    }

    /** Whatever bit is flipped outside: both have one key of the right user, or the peer accepts nobody. */
    @Test
    void corruptionNeverAuthenticatesWrongly() {
        int accepted = 0;
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            UnaryOperator<Octets> noise = packet -> {
                byte[] bytes = packet.toByteArray();
                if (random.nextInt(8) == 0) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return Octets.wrap(bytes);
            };
            TlsVersion version = TlsVersion.values()[seed & 1];
            Conversation conversation = new Conversation(
                            Tunnels.authenticator(server(version, 1024, Methods.mschapV2())),
                            Tunnels.eapPeer(peer(version, 1024, Methods.mschapV2Peer("secret"))),
                            noise,
                            noise)
                    .run();
            if (conversation.accepted().isPresent()) {
                accepted++;
                assertThat(conversation.granted().orElseThrow().msk())
                        .as("seed %s", seed)
                        .isEqualTo(conversation.accepted().get().msk());
            }
        }
        // Some had luck, some had not.
        assertThat(accepted).isBetween(1, 39);
    }

    /** Without, Windows takes the ClientHello for outer TLVs, and binds them. */
    @Test
    void peerSaysHowLongItsMessagesAre() {
        PeerMethod peer = peer(TlsVersion.TLS_1_2, 1024, Methods.mschapV2Peer("secret"));
        Octets hello = ((PeerStep.Answer) peer.handle(Octets.of(0x20), 1)).typeData();
        assertThat(hello.slice(0, 5))
                .isEqualTo(Octets.of(0x80, 0, 0, hello.length() - 5 >>> 8, hello.length() - 5 & 0xff));
    }

    @ParameterizedTest
    @EnumSource
    void innerMethodIsNegotiated(TlsVersion version) {
        agree(
                server(version, 1024, Tunnels.gtc(), Methods.mschapV2()),
                peer(version, 1024, Methods.mschapV2Peer("secret")));
    }

    @ParameterizedTest
    @EnumSource
    void wrongPasswordIsRefusedAndThePeerLearnsItInside(TlsVersion version) {
        Conversation conversation =
                converse(server(version, 1024, Methods.mschapV2()), peer(version, 1024, Methods.mschapV2Peer("wrong")));
        assertThat(refused(conversation)).contains("wrong password for 'mn1'");
        assertThat(failed(conversation)).contains("the server refuses inside the tunnel");
    }

    @ParameterizedTest
    @EnumSource
    void resultBeforeTheInnerMethodIsDoneIsNotBelieved(TlsVersion version) {
        Script script = new Script(SUCCESS);
        Conversation conversation =
                converse(script.around(version), peer(version, 1024, Methods.mschapV2Peer("secret")));
        assertThat(refused(conversation)).contains("the script is over");
        assertThat(failed(conversation)).contains("success before a method finished inside");
        assertThat(script.taken)
                .containsExactly(PeapCodec.encode(new PeapPacket.Result(7, Verdict.FAILURE), PeapCodec.Code.RESPONSE));
    }

    @ParameterizedTest
    @EnumSource
    void successOutsideWithoutResultInsideIsNotBelieved(TlsVersion version) {
        for (PeerMethod inner : List.of(Methods.mschapV2Peer("secret"), new GtcPeer(Secret.utf8("secret")))) {
            Conversation conversation =
                    converse(new Script(Octets.EMPTY).grantingAtLast().around(version), peer(version, 1024, inner));
            assertThat(conversation.granted()).isPresent();
            assertThat(conversation.peerEnd().orElseThrow()).isInstanceOf(PeerTurn.Ignored.class);
        }
    }

    @Test
    void questionForTheIdentityMayHaveItsHeader() {
        Script script = new Script(WHOLE_IDENTITY_REQUEST);
        converse(script.around(TlsVersion.TLS_1_2), peer(TlsVersion.TLS_1_2, 1024, Methods.mschapV2Peer("secret")));
        assertThat(script.taken).containsExactly(Octets.of(1).plus(Octets.utf8("mn1")));
    }

    @Test
    void resultIsElevenOctets() throws Exception {
        assertThat(SUCCESS).isEqualTo(Octets.fromHex("0107000b 21 8003 0002 0001"));
        assertThat(PeapCodec.decode(SUCCESS, PeapCodec.Code.REQUEST, 0))
                .isEqualTo(new PeapPacket.Result(7, Verdict.SUCCESS));
    }

    @Test
    void brokenResultsEndIt() {
        for (String broken : List.of("0107000921 8003 0002", "0107000a21 8003 0001 01", "0107000b21 8003 0002 0003")) {
            assertThat(failed(converse(
                            new Script(Octets.fromHex(broken)).around(TlsVersion.TLS_1_3),
                            peer(TlsVersion.TLS_1_3, 1024, Methods.mschapV2Peer("secret")))))
                    .contains("malformed");
        }
    }

    /** A server that says one thing. */
    private static final class Script implements InnerServer {
        private final Octets first;
        private final List<Octets> taken = new ArrayList<>();
        private Step last = new Step.Failed("the script is over");
        private boolean begun;
        private int identifier;

        Script(Octets first) {
            this.first = first;
        }

        Script grantingAtLast() {
            last = new Step.Done(Optional.of("mn1"));
            return this;
        }

        ServerMethod around(TlsVersion version) {
            return new TunnelServer(
                    TunnelKind.PEAP, new TlsOverEap(Tunnels.serverSide(version), new EapTlsFragments(0, 1024)), this);
        }

        @Override
        public Step take(Octets data, TlsSide side, int nextIdentifier) {
            taken.add(data);
            return last;
        }

        @Override
        public Step silence(int nextIdentifier) {
            if (begun) {
                return last;
            }
            begun = true;
            identifier = nextIdentifier;
            return new Step.Say(first);
        }
    }
}
