package org.homeport.eap.peap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.eap.peap.PeapTalk.said;

import java.util.Optional;
import org.homeport.eap.Methods;
import org.homeport.eap.gtc.GtcPeer;
import org.homeport.eap.peap.PeapPacket.Verdict;
import org.homeport.eap.tls.TlsVersion;
import org.homeport.eap.tunnel.InnerPeer;
import org.homeport.eap.tunnel.InnerPeer.Opinion;
import org.homeport.eap.tunnel.InnerServer;
import org.homeport.eap.tunnel.TunnelKind;
import org.homeport.eap.tunnel.Tunnels;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said at the end inside PEAP, lies above all. */
class PeapBindingTest {
    private static PeapTalk talk(BindingPolicy policy) {
        return new PeapTalk(policy, Methods.mschapV2(), Methods.mschapV2Peer("secret"));
    }

    private static Octets result(Verdict verdict, Optional<CryptoBinding> binding) {
        return PeapCodec.encode(new PeapPacket.Result(9, verdict, binding), PeapCodec.Code.REQUEST);
    }

    private static Octets answer(Verdict verdict, Optional<CryptoBinding> binding) {
        return PeapCodec.encode(new PeapPacket.Result(9, verdict, binding), PeapCodec.Code.RESPONSE);
    }

    private static Opinion opinion(InnerPeer.Step step) {
        return ((InnerPeer.Step.Say) step).opinion();
    }

    private static CryptoBinding foreign(CryptoBinding.Kind kind) {
        try (CompoundKeys keys = CompoundKeys.of(Secret.copyOf(Octets.zeros(64)), Optional.empty())) {
            return keys.bind(kind, Octets.zeros(CryptoBinding.NONCE));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NEVER", mode = EnumSource.Mode.EXCLUDE)
    void boundKeyIsNotTheTunnels(BindingPolicy policy) throws Exception {
        PeapTalk talk = talk(policy);
        InnerPeer.Step agreed = talk.peer.take(talk.toResult(), 9);
        InnerServer.Step.Done done = (InnerServer.Step.Done) talk.hear(said(agreed), 10);
        Secret msk = done.msk().orElseThrow();
        assertThat(msk.length()).isEqualTo(64);
        assertThat(opinion(agreed)).isEqualTo(new Opinion.Agreed(Optional.of(msk)));
        assertThat(msk)
                .isNotEqualTo(TunnelKind.PEAP.keys(PeapTalk.TUNNEL.client()).msk());
    }

    /** The method's key is its first half, as the peer sends and receives with it ([MS-PEAP] 3.1.5.5.2.1). */
    @Test
    void keyOfTheInnerMethodCounts() {
        Secret tunnel = Secret.copyOf(Octets.zeros(64));
        Secret inner = Secret.copyOf(Octets.of(1).plus(Octets.zeros(63)));
        Secret longer = Secret.copyOf(Octets.of(1).plus(Octets.zeros(62)).plus(Octets.of(1)));
        assertThat(CompoundKeys.of(tunnel, Optional.of(inner))).isNotEqualTo(CompoundKeys.of(tunnel, Optional.empty()));
        assertThat(CompoundKeys.of(tunnel, Optional.of(inner))).isEqualTo(CompoundKeys.of(tunnel, Optional.of(longer)));
    }

    /** As FreeRADIUS does: no binding is asked for, and none may be sent. */
    @Test
    void resultWithoutBindingIsAnsweredWithoutOne() throws Exception {
        PeapTalk talk = talk(BindingPolicy.OPTIONAL);
        talk.toResult();
        InnerPeer.Step agreed = talk.peer.take(result(Verdict.SUCCESS, Optional.empty()), 9);
        assertThat(said(agreed)).isEqualTo(answer(Verdict.SUCCESS, Optional.empty()));
        assertThat(opinion(agreed)).isEqualTo(new Opinion.Agreed(Optional.empty()));
    }

    @Test
    void resultWithoutBindingIsRefusedByWhoeverRequiresOne() throws Exception {
        PeapTalk talk = talk(BindingPolicy.REQUIRED);
        talk.toResult();
        InnerPeer.Step refused = talk.peer.take(result(Verdict.SUCCESS, Optional.empty()), 9);
        assertThat(said(refused)).isEqualTo(answer(Verdict.FAILURE, Optional.empty()));
        assertThat(opinion(refused))
                .isEqualTo(new Opinion.Lost("the server sends no cryptobinding, which is required"));
    }

    @Test
    void peerWithoutBindingIsLetInWhereItIsOptional() throws Exception {
        PeapTalk optional = talk(BindingPolicy.OPTIONAL);
        optional.toResult();
        assertThat(optional.hear(answer(Verdict.SUCCESS, Optional.empty()), 10))
                .isEqualTo(new InnerServer.Step.Done(Optional.of("mn1")));
        PeapTalk required = talk(BindingPolicy.REQUIRED);
        required.toResult();
        assertThat(required.hear(answer(Verdict.SUCCESS, Optional.empty()), 10))
                .isEqualTo(new InnerServer.Step.Failed("the peer sends no cryptobinding, which is required"));
    }

    @Test
    void whoeverNeverBindsNeitherAsksNorAnswers() throws Exception {
        PeapTalk talk = talk(BindingPolicy.NEVER);
        Octets asked = talk.toResult();
        assertThat(asked.length()).isEqualTo(11);
        InnerPeer.Step agreed =
                talk.peer.take(result(Verdict.SUCCESS, Optional.of(foreign(CryptoBinding.Kind.REQUEST))), 9);
        assertThat(said(agreed)).isEqualTo(answer(Verdict.SUCCESS, Optional.empty()));
        assertThat(opinion(agreed)).isEqualTo(new Opinion.Agreed(Optional.empty()));
    }

    /** Somebody has a tunnel with each, and carries the inner method from one to the other. */
    @Test
    void somebodyInTheMiddleIsFoundOutByBoth() throws Exception {
        PeapTalk talk = new PeapTalk(
                BindingPolicy.OPTIONAL,
                Methods.mschapV2(),
                PeapTalk.TUNNEL,
                Methods.mschapV2Peer("secret"),
                PeapTalk.OTHER_TUNNEL);
        InnerPeer.Step refused = talk.peer.take(talk.toResult(), 9);
        assertThat(((Opinion.Lost) opinion(refused)).reason()).startsWith("the server's cryptobinding is wrong");
        Octets forged = answer(Verdict.SUCCESS, Optional.of(foreign(CryptoBinding.Kind.RESPONSE)));
        assertThat(((InnerServer.Step.Failed) talk.hear(forged, 10)).reason())
                .isEqualTo("the peer's cryptobinding is wrong: another may be in the tunnel with 'mn1'");
    }

    @Test
    void bindingSentBackIsNoAnswer() throws Exception {
        PeapTalk talk = talk(BindingPolicy.OPTIONAL);
        byte[] mirrored = talk.toResult().toByteArray();
        mirrored[0] = 2;
        assertThat(((InnerServer.Step.Failed) talk.hear(Octets.wrap(mirrored), 10)).reason())
                .contains("cryptobinding is wrong");
    }

    @Test
    void failureOfThePeerIsTheEnd() throws Exception {
        PeapTalk talk = talk(BindingPolicy.OPTIONAL);
        talk.toResult();
        assertThat(talk.hear(answer(Verdict.FAILURE, Optional.empty()), 10))
                .isEqualTo(new InnerServer.Step.Failed("the peer does not agree that it went well"));
        assertThat(talk.hear(answer(Verdict.SUCCESS, Optional.empty()), 11))
                .isInstanceOf(InnerServer.Step.Failed.class);
    }

    @Test
    void nothingFollowsTheResult() throws Exception {
        PeapTalk talk = talk(BindingPolicy.OPTIONAL);
        Octets asked = talk.toResult();
        assertThat(talk.peer.take(asked, 9)).isInstanceOf(InnerPeer.Step.Say.class);
        assertThat(talk.peer.take(asked, 10))
                .isEqualTo(new InnerPeer.Step.Failed("the server goes on after the result"));
    }

    @Test
    void successBeforeTheServerHasProvedThePasswordIsContradicted() {
        PeapTalk talk = talk(BindingPolicy.NEVER);
        Octets identity = said(talk.peer.take(said(talk.server.silence(1)), 1));
        Octets challenge = said(talk.hear(identity, 2));
        assertThat(said(talk.peer.take(challenge, 2)).at(0)).isEqualTo(26);
        InnerPeer.Step refused = talk.peer.take(result(Verdict.SUCCESS, Optional.empty()), 9);
        assertThat(said(refused)).isEqualTo(answer(Verdict.FAILURE, Optional.empty()));
    }

    @Test
    void passwordsThatMakeNoKeyAreBoundByTheTunnelAlone() throws Exception {
        PeapTalk talk = new PeapTalk(BindingPolicy.REQUIRED, Tunnels.gtc(), new GtcPeer(Secret.utf8("secret")));
        InnerPeer.Step agreed = talk.peer.take(talk.toResult(), 9);
        assertThat(talk.hear(said(agreed), 10)).isInstanceOf(InnerServer.Step.Done.class);
    }

    @Test
    void tunnelsOfTls13BindAsWell() throws Exception {
        Tunnels.Established tunnel = Tunnels.established(TlsVersion.TLS_1_3);
        PeapTalk talk = new PeapTalk(
                BindingPolicy.REQUIRED, Methods.mschapV2(), tunnel, Methods.mschapV2Peer("secret"), tunnel);
        InnerPeer.Step agreed = talk.peer.take(talk.toResult(), 9);
        assertThat(talk.hear(said(agreed), 10)).isInstanceOf(InnerServer.Step.Done.class);
    }
}
