package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.testbeds.simulation.ResponderBench.notifies;
import static org.homeport.testbeds.simulation.ResponderBench.only;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.auth.MethodStrength;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.policy.RemoteAuth.EapOnly;
import org.homeport.core.policy.RemoteAuth.WithoutMsk;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

/** EAP as the proof of both sides (RFC 5998). */
class EapOnlyTest {
    private static final int TLS = 13;
    private static final int MSCHAPV2 = 26;
    private static final Payload.Notify OFFER = Payload.Notify.of(NotifyType.EAP_ONLY_AUTHENTICATION);
    private static final Payload.Eap SUCCESS = new Payload.Eap(Octets.of(3, 3, 0, 4));

    // The responder

    private static ResponderBench agent(EapOnly only, int type, String method, Optional<Secret> msk) {
        return agent(new RemoteAuth.ByEap(EapTurn.IdentityQuestion.SKIP, WithoutMsk.ALLOW, only), type, method, msk);
    }

    private static ResponderBench agent(RemoteAuth remote, int type, String method, Optional<Secret> msk) {
        ResponderBench bench = new ResponderBench(SampleConnections.agent(remote));
        bench.eapType = OptionalInt.of(type);
        bench.eapEnd = new EapTurn.Outcome.Accepted(
                Optional.of(Octets.of(3, 3, 0, 4)), msk, Authorization.of(SampleConnections.NODE_NAME), method);
        return bench;
    }

    private static ResponderBench strong(EapOnly only) {
        return agent(only, TLS, "TLS", Optional.of(SampleConnections.MSK));
    }

    private static ResponderBench asking(EapOnly only, int type, String method) {
        return agent(
                new RemoteAuth.ByEap(EapTurn.IdentityQuestion.ASK, WithoutMsk.ALLOW, only),
                type,
                method,
                Optional.of(SampleConnections.MSK));
    }

    private static List<PayloadType> types(List<Payload> payloads) {
        return payloads.stream().map(Payload::type).toList();
    }

    private static List<Payload> first(ResponderBench bench, ScriptedPeer peer, Payload... more) {
        return bench.ask(peer, ExchangeType.IKE_AUTH, ResponderBench.firstAuth(peer, more));
    }

    /** @return what EAP's last message is answered with */
    private static List<Payload> ended(ResponderBench bench, ScriptedPeer peer) {
        bench.ask(peer, ExchangeType.IKE_AUTH, ResponderBench.eapResponse(1));
        return bench.ask(peer, ExchangeType.IKE_AUTH, ResponderBench.eapResponse(2));
    }

    @Test
    void offerIsTakenWithoutCertificateAndProof() {
        ResponderBench bench = strong(EapOnly.ALLOW);
        ScriptedPeer peer = bench.initiated();
        assertThat(types(first(bench, peer, OFFER))).containsExactly(PayloadType.IDR, PayloadType.EAP);
        assertThat(ended(bench, peer)).containsExactly(SUCCESS);
        List<Payload> last = bench.ask(
                peer, ExchangeType.IKE_AUTH, peer.auth(SampleConnections.MSK, peer.id(SampleConnections.NODE_NAME)));
        assertThat(last.getFirst()).isEqualTo(peer.responderAuth(SampleConnections.MSK));
        assertThat(bench.agent.established()).isPresent();
    }

    @Test
    void offerIsIgnoredWhereItIsNotAllowed() {
        ResponderBench bench = strong(EapOnly.NEVER);
        assertThat(types(first(bench, bench.initiated(), OFFER)))
                .containsExactly(PayloadType.IDR, PayloadType.AUTH, PayloadType.EAP);
    }

    @Test
    void peerThatDoesNotOfferGetsOurProof() {
        ResponderBench bench = strong(EapOnly.ALLOW);
        assertThat(types(first(bench, bench.initiated())))
                .containsExactly(PayloadType.IDR, PayloadType.AUTH, PayloadType.EAP);
    }

    @Test
    void peerThatDoesNotOfferIsRefusedWhereItIsRequired() {
        ResponderBench bench = strong(EapOnly.REQUIRE);
        assertThat(notifies(first(bench, bench.initiated()))).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        bench.assertNothingLeft();
    }

    @Test
    void weakMethodIsMetWithOurOwnCredential() {
        ResponderBench bench = agent(EapOnly.ALLOW, MSCHAPV2, "MSCHAPV2", Optional.of(SampleConnections.MSK));
        ScriptedPeer peer = bench.initiated();
        assertThat(types(first(bench, peer, OFFER)))
                .containsExactly(PayloadType.IDR, PayloadType.AUTH, PayloadType.EAP);
        assertThat(ended(bench, peer)).as("and then it is as good as ever").containsExactly(SUCCESS);
    }

    @Test
    void methodThatIsNotKnownYetIsMetWithOurOwnCredential() {
        ResponderBench bench = asking(EapOnly.ALLOW, MSCHAPV2, "MSCHAPV2");
        ScriptedPeer peer = bench.initiated();
        assertThat(types(first(bench, peer, OFFER)))
                .as("beside the question for the identity")
                .containsExactly(PayloadType.IDR, PayloadType.AUTH, PayloadType.EAP);
        assertThat(ended(bench, peer)).containsExactly(SUCCESS);
    }

    @Test
    void questionForTheIdentityChangesNothingWhereNothingElseIsOurProof() {
        ResponderBench bench = asking(EapOnly.REQUIRE, TLS, "TLS");
        ScriptedPeer peer = bench.initiated();
        assertThat(types(first(bench, peer, OFFER))).containsExactly(PayloadType.IDR, PayloadType.EAP);
        assertThat(ended(bench, peer)).containsExactly(SUCCESS);
    }

    @Test
    void weakMethodThatEndsWellIsRefusedAllTheSame() {
        ResponderBench bench = agent(EapOnly.ALLOW, TLS, "MSCHAPV2", Optional.of(SampleConnections.MSK));
        ScriptedPeer peer = bench.initiated();
        first(bench, peer, OFFER);
        assertThat(notifies(ended(bench, peer))).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        bench.assertAllGivenBack();
        bench.assertNothingLeft();
    }

    @Test
    void weakMethodIsRefusedWhereNothingElseIsOurProof() {
        ResponderBench bench = agent(EapOnly.REQUIRE, MSCHAPV2, "MSCHAPV2", Optional.of(SampleConnections.MSK));
        ScriptedPeer peer = bench.initiated();
        assertThat(types(first(bench, peer, OFFER))).containsExactly(PayloadType.IDR, PayloadType.EAP);
        assertThat(notifies(ended(bench, peer))).containsExactly(NotifyType.AUTHENTICATION_FAILED);
    }

    @Test
    void methodWithoutMskIsRefusedWhateverElseIsAllowed() {
        ResponderBench bench = agent(EapOnly.ALLOW, TLS, "TLS", Optional.empty());
        ScriptedPeer peer = bench.initiated();
        first(bench, peer, OFFER);
        assertThat(notifies(ended(bench, peer))).containsExactly(NotifyType.AUTHENTICATION_FAILED);
    }

    @Test
    void peerThatDoesNotKnowTheMskIsRefused() {
        ResponderBench bench = strong(EapOnly.ALLOW);
        ScriptedPeer peer = bench.initiated();
        first(bench, peer, OFFER);
        ended(bench, peer);
        assertThat(notifies(bench.ask(
                        peer, ExchangeType.IKE_AUTH, peer.auth(peer.skPi(), peer.id(SampleConnections.NODE_NAME)))))
                .containsExactly(NotifyType.AUTHENTICATION_FAILED);
    }

    // The initiator

    private static InitiatorBench node(LocalAuth.EapOnly only) {
        InitiatorBench bench = new InitiatorBench(SampleConnections.node(
                new LocalAuth.ByEap(PeerIdentity.parse(SampleConnections.NODE_NAME), WithoutMsk.ALLOW, only)));
        bench.eap = (session, turn) -> {
            Octets packet = ((EapTurn.Message) turn).packet();
            return packet.at(0) == 1
                    ? new EapTurn.Outcome.Continue(Octets.of(2, packet.at(1), 0, 5, packet.at(4)))
                    : accepted(Optional.of(SampleConnections.MSK), MethodStrength.STANDS_ALONE);
        };
        return bench;
    }

    private static EapTurn.Outcome accepted(Optional<Secret> msk, MethodStrength strength) {
        return new EapTurn.Outcome.Accepted(
                Optional.empty(), msk, Authorization.of(SampleConnections.NODE_NAME), "TLS", strength);
    }

    private static Payload.Eap request(int type) {
        return new Payload.Eap(Octets.of(1, 1, 0, 5, type));
    }

    private static List<Octets> answer(InitiatorBench bench, Octets request, Payload... payloads) {
        return bench.deliver(bench.peer.response(request, payloads));
    }

    private static List<Octets> answerUnproved(InitiatorBench bench, Octets request, int type) {
        return answer(bench, request, bench.peer.id(SampleConnections.AGENT_NAME), request(type));
    }

    private static void assertDisbelieved(InitiatorBench bench, List<Octets> sent) {
        assertThat(notifies(bench.peer.open(only(sent)))).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        assertThat(bench.isOver()).isTrue();
        bench.assertNothingLeft();
    }

    @Test
    void nodeOffersOnlyWhatItIsToldTo() {
        InitiatorBench offering = node(LocalAuth.EapOnly.OFFERED);
        assertThat(offering.peer.open(offering.initiated())).contains(OFFER);
        InitiatorBench withholding = node(LocalAuth.EapOnly.WITHHELD);
        assertThat(withholding.peer.open(withholding.initiated())).doesNotContain(OFFER);
    }

    @Test
    void nodeIsContentWithTheMskAsOnlyProof() {
        InitiatorBench bench = node(LocalAuth.EapOnly.OFFERED);
        Octets first = bench.initiated();
        Octets second = only(answerUnproved(bench, first, TLS));
        Octets third = only(answer(bench, second, SUCCESS));
        Payload.Identification idi =
                (Payload.Identification) bench.peer.open(first).getFirst();
        assertThat(bench.peer.open(third)).containsExactly(bench.peer.initiatorAuth(SampleConnections.MSK, idi));
        bench.deliver(bench.peer.response(
                third,
                InitiatorBench.both(List.of(bench.peer.responderAuth(SampleConnections.MSK)), InitiatorBench.gains())));
        assertThat(bench.session.summary()).isPresent();
    }

    @Test
    void proofThatComesNeverthelessIsVerified() {
        InitiatorBench bench = node(LocalAuth.EapOnly.OFFERED);
        Octets first = bench.initiated();
        Payload.Identification idr = bench.peer.id(SampleConnections.AGENT_NAME);
        assertDisbelieved(bench, answer(bench, first, idr, bench.peer.auth(Secret.utf8("a guess"), idr), request(TLS)));
    }

    @Test
    void weakMethodIsGoodEnoughBesideAProof() {
        InitiatorBench bench = node(LocalAuth.EapOnly.OFFERED);
        Octets first = bench.initiated();
        List<Octets> sent =
                bench.deliver(bench.peer.response(first, ScriptedPeer.with(bench.identity(), request(MSCHAPV2))));
        assertThat(bench.peer.open(only(sent))).hasOnlyElementsOfType(Payload.Eap.class);
    }

    @Test
    void weakMethodIsNotAnsweredByANodeWithoutAProof() {
        InitiatorBench bench = node(LocalAuth.EapOnly.OFFERED);
        assertDisbelieved(bench, answerUnproved(bench, bench.initiated(), MSCHAPV2));
    }

    @Test
    void weakMethodIsNotAnsweredInALaterRoundEither() {
        InitiatorBench bench = node(LocalAuth.EapOnly.OFFERED);
        Octets second = only(answerUnproved(bench, bench.initiated(), TLS));
        assertDisbelieved(bench, answer(bench, second, request(MSCHAPV2)));
    }

    @Test
    void questionForTheIdentityIsAnswered() {
        InitiatorBench bench = node(LocalAuth.EapOnly.OFFERED);
        assertThat(bench.peer.open(only(answerUnproved(bench, bench.initiated(), 1))))
                .hasOnlyElementsOfType(Payload.Eap.class);
    }

    @Test
    void responderOfAnotherNameIsRefusedBeforeEap() {
        InitiatorBench bench = node(LocalAuth.EapOnly.OFFERED);
        assertDisbelieved(bench, answer(bench, bench.initiated(), bench.peer.id("evil.example.org"), request(TLS)));
    }

    @Test
    void methodThatIsNotStrongEnoughIsRefusedAtItsEnd() {
        InitiatorBench bench = node(LocalAuth.EapOnly.OFFERED);
        Octets second = only(answerUnproved(bench, bench.initiated(), TLS));
        bench.eap =
                (session, turn) -> accepted(Optional.of(SampleConnections.MSK), MethodStrength.NEEDS_PROVED_RESPONDER);
        assertDisbelieved(bench, answer(bench, second, SUCCESS));
    }

    @Test
    void nodeDoesNotTakeSkPForTheMsk() {
        InitiatorBench bench = node(LocalAuth.EapOnly.OFFERED);
        Octets second = only(answerUnproved(bench, bench.initiated(), TLS));
        bench.eap = (session, turn) -> accepted(Optional.empty(), MethodStrength.STANDS_ALONE);
        assertDisbelieved(bench, answer(bench, second, SUCCESS));
    }

    @Test
    void responderThatDoesNotKnowTheMskIsRefused() {
        InitiatorBench bench = node(LocalAuth.EapOnly.OFFERED);
        Octets second = only(answerUnproved(bench, bench.initiated(), TLS));
        Octets third = only(answer(bench, second, SUCCESS));
        assertDisbelieved(
                bench,
                bench.deliver(bench.peer.response(
                        third,
                        InitiatorBench.both(
                                List.of(bench.peer.responderAuth(bench.peer.skPr())), InitiatorBench.gains()))));
    }
}
