package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.testbeds.simulation.ResponderBench.notifies;
import static org.homeport.testbeds.simulation.ResponderBench.only;

import java.time.Duration;
import java.util.List;
import org.homeport.core.child.ProposalParser;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Proposal;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Role;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IKE_SA_INIT at the responder: nothing is protected yet (RFC 7296 sections 1.2, 2.6, 2.7, 2.21.1, 2.23). */
class AwaitingInitTest {
    private static final Side.Faults NO_FAULTS = new Side.Faults(0, 0, Duration.ZERO);

    private final ResponderBench bench =
            new ResponderBench(SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY)));

    private static ResponderBench with(String ike) {
        return new ResponderBench(SampleConnections.agent(
                new LocalAuth.BySharedKey(SampleConnections.AGENT_KEY),
                new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY),
                ike,
                SampleConnections.ESP));
    }

    private static List<Payload> withKe(ScriptedPeer peer, Octets value) {
        return peer.initPayloads().stream()
                .map(payload -> payload instanceof Payload.KeyExchange ke
                        ? new Payload.KeyExchange(ke.group(), value)
                        : payload)
                .toList();
    }

    private void assertSilence(ResponderBench responder, Octets datagram) {
        assertThat(responder.deliver(datagram)).isEmpty();
        assertThat(responder.agent.leftovers()).isEmpty();
        responder.assertNoBug();
    }

    @Test
    void initIsAnsweredByOneSuiteOurHalfAndANonce() {
        ScriptedPeer peer = bench.peer();
        Octets answer = only(bench.deliver(peer.init()));
        IkeHeader header = ScriptedPeer.decoded(answer).header();
        assertThat(header.isResponse()).isTrue();
        assertThat(header.fromInitiator()).isFalse();
        assertThat(header.spiInitiator()).isEqualTo(peer.spiInitiator);
        assertThat(header.spiResponder()).isNotZero();
        peer.initAnswered(answer);
        assertThat(peer.nr.length()).isEqualTo(32);
    }

    @Test
    void repeatedInitGetsTheSameBytesAndNoSecondSession() {
        Octets init = bench.peer().init();
        Octets answer = only(bench.deliver(init));
        assertThat(bench.deliver(init)).containsExactly(answer);
        assertThat(bench.agent.live).hasSize(1);
    }

    @Test
    void natDetectionIsAnsweredToThoseWhoDoIt() {
        ScriptedPeer peer = bench.peer();
        List<NotifyType> without = notifies(only(bench.deliver(peer.init())));
        assertThat(without).doesNotContain(NotifyType.NAT_DETECTION_SOURCE_IP);
        ScriptedPeer other = bench.peer();
        List<NotifyType> with = notifies(only(bench.deliver(other.init(ScriptedPeer.with(
                other.initPayloads(),
                Payload.Notify.of(NotifyType.NAT_DETECTION_SOURCE_IP, Octets.zeros(20)),
                Payload.Notify.of(NotifyType.NAT_DETECTION_DESTINATION_IP, Octets.zeros(20)))))));
        assertThat(with).contains(NotifyType.NAT_DETECTION_SOURCE_IP, NotifyType.NAT_DETECTION_DESTINATION_IP);
    }

    @Test
    void proposalWithoutTransformsIsRefused() {
        ScriptedPeer peer = bench.peer();
        List<Payload> empty = ScriptedPeer.with(
                List.of(new Payload.SecurityAssociation(
                        List.of(new Proposal(1, ProtocolId.IKE, Octets.EMPTY, List.of())))),
                peer.publicValue(),
                new Payload.Nonce(peer.nonce));
        assertThat(notifies(only(bench.deliver(peer.init(empty))))).containsExactly(NotifyType.NO_PROPOSAL_CHOSEN);
        assertThat(bench.agent.leftovers()).isEmpty();
    }

    @Test
    void saPayloadWithoutProposalsIsMetWithSilence() {
        ScriptedPeer peer = bench.peer();
        Octets whole = peer.init(List.of(
                new Payload.Unknown(PayloadType.SA, false, Octets.EMPTY),
                peer.publicValue(),
                new Payload.Nonce(peer.nonce)));
        assertSilence(bench, whole);
    }

    @Test
    void cookieOutlastsAnotherGroup() {
        ResponderBench responder = new ResponderBench(
                NO_FAULTS,
                0,
                SampleConnections.agent(
                        new LocalAuth.BySharedKey(SampleConnections.AGENT_KEY),
                        new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY),
                        "aes128gcm16-prfsha256-x25519-ecp256",
                        SampleConnections.ESP));
        ScriptedPeer peer = new ScriptedPeer(Role.INITIATOR, responder.random, "aes128gcm16-prfsha256-ecp256-modp2048");
        Payload.KeyExchange wrong = new Payload.KeyExchange(
                KeyExchangeId.MODP_2048,
                ScriptedPeer.CRYPTO
                        .keyAgreement(KeyExchangeId.MODP_2048, responder.random)
                        .publicValue());
        List<Payload> first = List.of(peer.offer(), wrong, new Payload.Nonce(peer.nonce));
        Payload.Notify cookie = cookie(only(responder.deliver(peer.init(first))));
        assertThat(responder.agent.live)
                .as("no state before the cookie came back")
                .isEmpty();
        assertThat(notifies(only(responder.deliver(peer.init(before(cookie, first))))))
                .containsExactly(NotifyType.INVALID_KE_PAYLOAD);
        peer.initAnswered(only(responder.deliver(peer.init(before(cookie, peer.initPayloads())))));
        // AUTH covers the last IKE_SA_INIT request, cookie included (RFC 7296 section 2.15).
        List<Payload> answer = responder.ask(
                peer,
                ExchangeType.IKE_AUTH,
                ResponderBench.firstAuth(
                        peer, peer.auth(SampleConnections.NODE_KEY, peer.id(SampleConnections.NODE_NAME))));
        assertThat(Payload.first(answer, Payload.Authentication.class)).isPresent();
    }

    private static Payload.Notify cookie(Octets answer) {
        assertThat(notifies(answer)).containsExactly(NotifyType.COOKIE);
        return (Payload.Notify) ScriptedPeer.decoded(answer).payloads().getFirst();
    }

    private static List<Payload> before(Payload first, List<Payload> rest) {
        return ScriptedPeer.with(List.of(first), rest.toArray(Payload[]::new));
    }

    @Test
    void cookieOfAnotherNonceCountsAsNone() {
        ResponderBench responder = new ResponderBench(
                NO_FAULTS, 0, SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY)));
        ScriptedPeer peer = responder.peer();
        ScriptedPeer other = responder.peer();
        Payload.Notify cookie = cookie(only(responder.deliver(peer.init())));
        assertThat(notifies(only(responder.deliver(other.init(before(cookie, other.initPayloads()))))))
                .containsExactly(NotifyType.COOKIE);
        assertThat(responder.agent.live).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"modp2048", "modp3072"})
    void degenerateModpValueIsMetWithSilence(String group) {
        ResponderBench responder = with("aes128gcm16-prfsha256-" + group);
        ScriptedPeer peer = new ScriptedPeer(Role.INITIATOR, responder.random, "aes128gcm16-prfsha256-" + group);
        int length = peer.agreement.publicValue().length();
        assertSilence(responder, peer.init(withKe(peer, Octets.zeros(length))));
        assertSilence(responder, peer.init(withKe(peer, Octets.zeros(length - 1).plus(Octets.of(1)))));
        assertThat(minusOne(group).length()).isEqualTo(length);
        assertSilence(responder, peer.init(withKe(peer, minusOne(group))));
        assertSilence(responder, peer.init(withKe(peer, Octets.of(2))));
    }

    /** p - 1 of RFC 3526: its prime ends in 64 one bits. */
    private static Octets minusOne(String group) {
        String pi = group.equals("modp2048")
                ? "C90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B"
                        + "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A"
                        + "899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F8365"
                        + "5D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE"
                        + "3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D22618"
                        + "98FA051015728E5A8AACAA68"
                : "C90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B"
                        + "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A"
                        + "899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F8365"
                        + "5D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE"
                        + "3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D22618"
                        + "98FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3"
                        + "970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC8"
                        + "6A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D1"
                        + "20A93AD2CA";
        return Octets.concat(
                Octets.fromHex("FFFFFFFFFFFFFFFF"), Octets.fromHex(pi), Octets.fromHex("FFFFFFFFFFFFFFFE"));
    }

    @Test
    void pointOffTheCurveIsMetWithSilence() {
        ResponderBench responder = with("aes128gcm16-prfsha256-ecp256");
        ScriptedPeer peer = new ScriptedPeer(Role.INITIATOR, responder.random, "aes128gcm16-prfsha256-ecp256");
        Octets off =
                Octets.wrap(ScriptedPeer.forged(peer.agreement.publicValue()).toByteArray());
        assertSilence(responder, peer.init(withKe(peer, off)));
        assertSilence(responder, peer.init(withKe(peer, Octets.zeros(64))));
        assertSilence(
                responder, peer.init(withKe(peer, peer.agreement.publicValue().slice(0, 63))));
    }

    @Test
    void x25519ValueThatLeadsToZeroIsMetWithSilence() {
        ScriptedPeer peer = bench.peer();
        assertSilence(bench, peer.init(withKe(peer, Octets.zeros(32))));
        assertSilence(bench, peer.init(withKe(peer, Octets.of(1).plus(Octets.zeros(31)))));
        assertSilence(bench, peer.init(withKe(peer, Octets.zeros(31))));
    }

    @Test
    void missingPayloadIsMetWithSilence() {
        ScriptedPeer peer = bench.peer();
        assertSilence(bench, peer.init(List.of(peer.offer(), peer.publicValue())));
        assertSilence(bench, peer.init(List.of(peer.offer(), new Payload.Nonce(peer.nonce))));
        assertSilence(bench, peer.init(List.of(peer.publicValue(), new Payload.Nonce(peer.nonce))));
    }

    @Test
    void unknownCriticalPayloadIsNamedAndLeavesNoState() {
        ScriptedPeer peer = bench.peer();
        Octets answer = only(bench.deliver(peer.init(ScriptedPeer.with(
                peer.initPayloads(), new Payload.Unknown(new PayloadType(200), true, Octets.EMPTY)))));
        Payload.Notify notify =
                (Payload.Notify) only(ScriptedPeer.decoded(answer).payloads());
        assertThat(notify.notifyType()).isEqualTo(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD);
        assertThat(notify.data()).isEqualTo(Octets.of(200));
        assertThat(bench.agent.leftovers()).isEmpty();
    }

    @Test
    void unknownUncriticalPayloadIsPassedOver() {
        ScriptedPeer peer = bench.peer();
        peer.initAnswered(only(bench.deliver(peer.init(ScriptedPeer.with(
                peer.initPayloads(), new Payload.Unknown(new PayloadType(200), false, Octets.of(1, 2, 3)))))));
    }

    @Test
    void unknownAlgorithmsBesideKnownOnesArePassedOver() {
        ScriptedPeer peer = bench.peer();
        Proposal strange = new Proposal(
                2,
                ProtocolId.IKE,
                Octets.EMPTY,
                ProposalParser.ike("aes256gcm16-prfsha512-modp4096").transforms());
        List<Payload> offer = List.of(
                new Payload.SecurityAssociation(List.of(peer.proposal, strange)),
                peer.publicValue(),
                new Payload.Nonce(peer.nonce));
        peer.initAnswered(only(bench.deliver(peer.init(offer))));
    }

    @Test
    void abandonedHandshakeIsForgotten() {
        bench.deliver(bench.peer().init());
        assertThat(bench.pass(Duration.ofSeconds(41))).isEmpty();
        assertThat(bench.agent.leftovers()).isEmpty();
    }

    @Test
    void shutdownForgetsIt() {
        bench.deliver(bench.peer().init());
        assertThat(bench.command(new Event.Command.Shutdown())).isEmpty();
        assertThat(bench.agent.leftovers()).isEmpty();
    }

    @Test
    void unprotectedMessageOnceThereAreKeysIsDropped() {
        ScriptedPeer peer = bench.initiated();
        assertThat(bench.deliver(peer.clear(ExchangeType.IKE_AUTH, 0, 1, ResponderBench.firstAuth(peer))))
                .isEmpty();
        assertThat(bench.deliver(peer.clear(ExchangeType.INFORMATIONAL, 0, 1, List.of())))
                .isEmpty();
        assertThat(bench.agent.live).hasSize(1);
    }

    @Test
    void unknownProposalIsRefusedWithoutAnSpiOfOurs() {
        ScriptedPeer peer = new ScriptedPeer(Role.INITIATOR, bench.random, "aes256gcm16-prfsha512-ecp384");
        Octets answer = only(bench.deliver(peer.init()));
        assertThat(notifies(answer)).containsExactly(NotifyType.NO_PROPOSAL_CHOSEN);
        assertThat(ScriptedPeer.decoded(answer).header().spiResponder()).isZero();
        assertThat(bench.agent.leftovers()).isEmpty();
    }

    @Test
    void otherGroupIsAskedForByItsNumber() {
        ResponderBench responder = with("aes128gcm16-prfsha256-x25519-ecp256");
        ScriptedPeer peer = new ScriptedPeer(Role.INITIATOR, responder.random, "aes128gcm16-prfsha256-ecp256-modp2048");
        Payload.KeyExchange wrong = new Payload.KeyExchange(
                KeyExchangeId.MODP_2048,
                ScriptedPeer.CRYPTO
                        .keyAgreement(KeyExchangeId.MODP_2048, responder.random)
                        .publicValue());
        Octets answer = only(responder.deliver(peer.init(List.of(peer.offer(), wrong, new Payload.Nonce(peer.nonce)))));
        Payload.Notify notify =
                (Payload.Notify) ScriptedPeer.decoded(answer).payloads().getFirst();
        assertThat(notify.notifyType()).isEqualTo(NotifyType.INVALID_KE_PAYLOAD);
        assertThat(notify.data()).isEqualTo(Octets.of(0, 19));
        assertThat(ScriptedPeer.decoded(answer).header().spiResponder()).isZero();
        assertThat(responder.agent.leftovers()).isEmpty();
        peer.initAnswered(only(responder.deliver(peer.init())));
    }
}
