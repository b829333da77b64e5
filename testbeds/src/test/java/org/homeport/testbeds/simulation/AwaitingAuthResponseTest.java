package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.testbeds.simulation.ResponderBench.notifies;
import static org.homeport.testbeds.simulation.ResponderBench.only;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.child.SaPlan;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.Payload;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

/** IKE_AUTH at the initiator: the responder has to prove itself (RFC 7296 sections 1.2, 2.15, 2.16, 2.21.2). */
class AwaitingAuthResponseTest {
    private final InitiatorBench byKey =
            new InitiatorBench(SampleConnections.node(new LocalAuth.BySharedKey(SampleConnections.NODE_KEY)));
    private final InitiatorBench byEap = byEap(RemoteAuth.WithoutMsk.REFUSE);

    private static final Payload.Eap EAP_REQUEST = new Payload.Eap(Octets.of(1, 1, 0, 5, 200));
    private static final Payload.Eap EAP_SUCCESS = new Payload.Eap(Octets.of(3, 1, 0, 4));
    private static final Payload.Eap EAP_FAILURE = new Payload.Eap(Octets.of(4, 1, 0, 4));

    private static InitiatorBench byEap(RemoteAuth.WithoutMsk withoutMsk) {
        return new InitiatorBench(SampleConnections.node(new LocalAuth.ByEap(
                PeerIdentity.parse(SampleConnections.NODE_NAME), withoutMsk, LocalAuth.EapOnly.WITHHELD)));
    }

    /** Accepts at once, by a method that makes no MSK. */
    private static EapTurn.Outcome withoutMsk() {
        return new EapTurn.Outcome.Accepted(
                Optional.empty(), Optional.empty(), Authorization.of(SampleConnections.NODE_NAME), "MD5");
    }

    /** The node told AUTHENTICATION_FAILED in an exchange of its own, and is gone. */
    private static void assertDisbelieved(InitiatorBench bench, List<Octets> sent) {
        Octets word = only(sent);
        assertThat(ScriptedPeer.decoded(word).header().isResponse()).isFalse();
        assertThat(ScriptedPeer.decoded(word).header().exchange()).isEqualTo(ExchangeType.INFORMATIONAL);
        assertThat(notifies(bench.peer.open(word))).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        assertThat(bench.isOver()).isTrue();
        bench.assertNothingLeft();
    }

    private static List<Octets> answer(InitiatorBench bench, Octets request, List<Payload> payloads) {
        return bench.deliver(bench.peer.response(request, payloads));
    }

    private static List<Payload> with(List<Payload> first, List<Payload> second) {
        return InitiatorBench.both(first, second);
    }

    // By key

    @Test
    void responderThatProvesItselfIsBelieved() {
        byKey.established();
        SaPlan child = only(byKey.session.summary().orElseThrow().children());
        assertThat(child.outbound().spi()).isEqualTo(InitiatorBench.CHILD_SPI);
        assertThat(byKey.node.kernel).containsOnlyKeys(child.handle());
        assertThat(byKey.session.summary().orElseThrow().homeAddresses()).hasSize(1);
    }

    @Test
    void forgedResponseDoesNotStandInTheWayOfTheGenuineOne() {
        Octets request = byKey.initiated();
        Octets genuine = byKey.peer.response(request, with(byKey.identity(), InitiatorBench.gains()));
        assertThat(byKey.deliver(ScriptedPeer.forged(genuine))).isEmpty();
        byKey.deliver(genuine);
        assertThat(byKey.session.summary()).isPresent();
    }

    @Test
    void unprotectedErrorIsPassedOver() {
        Octets request = byKey.initiated();
        assertThat(byKey.deliver(byKey.peer.clear(
                        ExchangeType.IKE_AUTH,
                        IkeHeader.RESPONSE,
                        1,
                        List.of(Payload.Notify.of(NotifyType.AUTHENTICATION_FAILED)))))
                .isEmpty();
        assertThat(byKey.isOver()).isFalse();
        answer(byKey, request, with(byKey.identity(), InitiatorBench.gains()));
        assertThat(byKey.session.summary()).isPresent();
    }

    @Test
    void responderWithoutProofIsRefused() {
        Octets request = byKey.initiated();
        assertDisbelieved(
                byKey,
                answer(
                        byKey,
                        request,
                        with(List.of(byKey.peer.id(SampleConnections.AGENT_NAME)), InitiatorBench.gains())));
    }

    @Test
    void responderOfAnotherNameIsRefused() {
        Octets request = byKey.initiated();
        Payload.Identification other = byKey.peer.id("evil.example.org");
        assertDisbelieved(
                byKey,
                answer(
                        byKey,
                        request,
                        with(
                                List.of(other, byKey.peer.auth(SampleConnections.AGENT_KEY, other)),
                                InitiatorBench.gains())));
    }

    @Test
    void responderWithAnotherKeyIsRefused() {
        Octets request = byKey.initiated();
        Payload.Identification idr = byKey.peer.id(SampleConnections.AGENT_NAME);
        assertDisbelieved(
                byKey,
                answer(
                        byKey,
                        request,
                        with(List.of(idr, byKey.peer.auth(Secret.utf8("a guess"), idr)), InitiatorBench.gains())));
    }

    @Test
    void ourOwnProofReflectedIsRefused() {
        Octets request = byKey.initiated();
        Payload.Authentication ours = Payload.first(byKey.peer.open(request), Payload.Authentication.class)
                .orElseThrow();
        assertDisbelieved(
                byKey,
                answer(
                        byKey,
                        request,
                        with(List.of(byKey.peer.id(SampleConnections.AGENT_NAME), ours), InitiatorBench.gains())));
    }

    @Test
    void refusalEndsTheAttempt() {
        Octets request = byKey.initiated();
        assertThat(answer(byKey, request, List.of(Payload.Notify.of(NotifyType.AUTHENTICATION_FAILED))))
                .as("the responder is gone: nobody is told")
                .isEmpty();
        assertThat(byKey.isOver()).isTrue();
        byKey.assertNothingLeft();
    }

    @Test
    void refusedChildLeavesTheIkeSa() {
        Octets request = byKey.initiated();
        answer(byKey, request, ScriptedPeer.with(byKey.identity(), Payload.Notify.of(NotifyType.TS_UNACCEPTABLE)));
        assertThat(byKey.session.summary().orElseThrow().children()).isEmpty();
        assertThat(byKey.node.kernel).isEmpty();
    }

    @Test
    void espSuiteWeDidNotOfferEndsTheSession() {
        Octets request = byKey.initiated();
        answer(
                byKey,
                request,
                with(
                        byKey.identity(),
                        List.of(
                                ScriptedPeer.esp("aes128-sha256", 0x2002),
                                ScriptedPeer.initiatorSelectors(SampleConnections.EVERYTHING),
                                ScriptedPeer.responderSelectors(SampleConnections.EVERYTHING))));
        assertThat(byKey.isOver()).isTrue();
        byKey.assertNothingLeft();
    }

    @Test
    void selectorsBeyondOurOfferEndTheSession() {
        Octets request = byKey.initiated();
        answer(
                byKey,
                request,
                with(
                        byKey.identity(),
                        List.of(
                                ScriptedPeer.esp(SampleConnections.ESP, 0x2002),
                                ScriptedPeer.initiatorSelectors(SampleConnections.EVERYTHING),
                                ScriptedPeer.responderSelectors(TrafficSelector.of(IpPrefix.parse("0.0.0.0/0"))))));
        assertThat(byKey.isOver()).isTrue();
        byKey.assertNothingLeft();
    }

    @Test
    void unknownCriticalPayloadEndsTheAttempt() {
        Octets request = byKey.initiated();
        answer(
                byKey,
                request,
                ScriptedPeer.with(
                        with(byKey.identity(), InitiatorBench.gains()),
                        new Payload.Unknown(new PayloadType(200), true, Octets.EMPTY)));
        assertThat(byKey.isOver()).isTrue();
        byKey.assertNothingLeft();
    }

    // AwaitingOwnSa

    @Test
    void kernelThatRefusesIsToldToTheResponder() {
        InitiatorBench unlucky = new InitiatorBench(
                SampleConnections.node(new LocalAuth.BySharedKey(SampleConnections.NODE_KEY)),
                new Side.Faults(1, 0, Duration.ZERO));
        Octets request = unlucky.initiated();
        Octets word = only(answer(unlucky, request, with(unlucky.identity(), InitiatorBench.gains())));
        assertThat(unlucky.peer.open(word)).containsExactly(new Payload.Delete(ProtocolId.IKE, List.of()));
        assertThat(unlucky.isOver()).isTrue();
        unlucky.assertNothingLeft();
    }

    // By EAP

    @Test
    void firstRequestWithoutProofAsksForEap() {
        List<Payload> request = byEap.peer.open(byEap.initiated());
        assertThat(Payload.first(request, Payload.Authentication.class)).isEmpty();
        assertThat(Payload.first(request, Payload.Configuration.class)).isPresent();
    }

    @Test
    void eapIsAnsweredOnlyToAResponderThatProvedItself() {
        Octets request = byEap.initiated();
        assertDisbelieved(
                byEap, answer(byEap, request, List.of(byEap.peer.id(SampleConnections.AGENT_NAME), EAP_REQUEST)));
    }

    @Test
    void eapGoesOnToAnEndProvedByTheMskOnBothSides() {
        Octets first = byEap.initiated();
        Octets second = only(answer(byEap, first, ScriptedPeer.with(byEap.identity(), EAP_REQUEST)));
        assertThat(byEap.peer.open(second)).hasOnlyElementsOfType(Payload.Eap.class);
        Octets third = only(answer(byEap, second, List.of(EAP_SUCCESS)));
        Payload.Identification idi =
                (Payload.Identification) byEap.peer.open(first).getFirst();
        assertThat(byEap.peer.open(third)).containsExactly(byEap.peer.initiatorAuth(SampleConnections.MSK, idi));
        answer(byEap, third, with(List.of(byEap.peer.responderAuth(SampleConnections.MSK)), InitiatorBench.gains()));
        assertThat(byEap.session.summary()).isPresent();
        assertThat(byEap.node.openEap).isEmpty();
    }

    @Test
    void methodWithoutMskIsRefused() {
        byEap.eap = (session, turn) -> withoutMsk();
        Octets first = byEap.initiated();
        assertDisbelieved(byEap, answer(byEap, first, ScriptedPeer.with(byEap.identity(), EAP_SUCCESS)));
    }

    @Test
    void methodWithoutMskIsProvedBySkPWhereItIsAllowed() {
        InitiatorBench lenient = byEap(RemoteAuth.WithoutMsk.ALLOW);
        lenient.eap = (session, turn) -> withoutMsk();
        Octets first = lenient.initiated();
        Octets last = only(answer(lenient, first, ScriptedPeer.with(lenient.identity(), EAP_SUCCESS)));
        Payload.Identification idi =
                (Payload.Identification) lenient.peer.open(first).getFirst();
        assertThat(lenient.peer.open(last)).containsExactly(lenient.peer.initiatorAuth(lenient.peer.skPi(), idi));
    }

    @Test
    void responderThatDoesNotKnowTheMskIsRefused() {
        Octets first = byEap.initiated();
        Octets second = only(answer(byEap, first, ScriptedPeer.with(byEap.identity(), EAP_REQUEST)));
        Octets third = only(answer(byEap, second, List.of(EAP_SUCCESS)));
        assertDisbelieved(
                byEap,
                answer(
                        byEap,
                        third,
                        with(List.of(byEap.peer.responderAuth(SampleConnections.AGENT_KEY)), InitiatorBench.gains())));
    }

    @Test
    void lastResponseWithoutProofIsRefused() {
        Octets first = byEap.initiated();
        Octets second = only(answer(byEap, first, ScriptedPeer.with(byEap.identity(), EAP_REQUEST)));
        Octets third = only(answer(byEap, second, List.of(EAP_SUCCESS)));
        assertDisbelieved(byEap, answer(byEap, third, InitiatorBench.gains()));
    }

    @Test
    void earlySuccessIsForTheEapPeerToJudge() {
        byEap.eap = (session, turn) -> new EapTurn.Outcome.Rejected(
                Optional.empty(),
                "EAP-Success before a method finished: " + turn.getClass().getSimpleName());
        Octets first = byEap.initiated();
        assertDisbelieved(byEap, answer(byEap, first, ScriptedPeer.with(byEap.identity(), EAP_SUCCESS)));
    }

    @Test
    void responderThatSkipsEapIsRefused() {
        Octets first = byEap.initiated();
        answer(byEap, first, with(byEap.identity(), InitiatorBench.gains()));
        assertThat(byEap.isOver()).isTrue();
        byEap.assertNothingLeft();
    }

    @Test
    void responderThatStopsEapHalfwayIsRefused() {
        Octets first = byEap.initiated();
        Octets second = only(answer(byEap, first, ScriptedPeer.with(byEap.identity(), EAP_REQUEST)));
        answer(byEap, second, with(List.of(byEap.peer.responderAuth(SampleConnections.MSK)), InitiatorBench.gains()));
        assertThat(byEap.isOver()).isTrue();
        byEap.assertNothingLeft();
    }

    @Test
    void eapFailureEndsTheAttempt() {
        Octets first = byEap.initiated();
        Octets second = only(answer(byEap, first, ScriptedPeer.with(byEap.identity(), EAP_REQUEST)));
        answer(byEap, second, List.of(EAP_FAILURE));
        assertThat(byEap.isOver()).isTrue();
        byEap.assertNothingLeft();
    }

    @Test
    void unansweredRoundIsRepeatedUnchangedAndGivenUp() {
        Octets first = byEap.initiated();
        Octets second = only(answer(byEap, first, ScriptedPeer.with(byEap.identity(), EAP_REQUEST)));
        assertThat(byEap.pass(Duration.ofSeconds(31))).hasSize(4).containsOnly(second);
        assertThat(byEap.isOver()).isTrue();
        byEap.assertNothingLeft();
    }

    @Test
    void requestThatOvertakesTheLastResponseWaits() {
        Octets request = byKey.initiated();
        Octets genuine = byKey.peer.response(request, with(byKey.identity(), InitiatorBench.gains()));
        byKey.peer.nextId = 0;
        Octets probe = byKey.peer.request(ExchangeType.INFORMATIONAL);
        assertThat(byKey.deliver(probe)).isEmpty();
        byKey.deliver(genuine);
        assertThat(byKey.session.summary()).isPresent();
        assertThat(byKey.peer.open(only(byKey.deliver(probe)))).isEmpty();
    }

    @Test
    void requestWhileOurKernelWorksWaits() {
        Octets request = byKey.initiated();
        byKey.node.pause = Duration.ofSeconds(2);
        answer(byKey, request, with(byKey.identity(), InitiatorBench.gains()));
        byKey.peer.nextId = 0;
        Octets probe = byKey.peer.request(ExchangeType.INFORMATIONAL);
        assertThat(byKey.deliver(probe)).isEmpty();
        byKey.pass(Duration.ofSeconds(2));
        assertThat(byKey.session.summary()).isPresent();
        assertThat(byKey.peer.open(only(byKey.deliver(probe)))).isEmpty();
    }

    @Test
    void closedWhileOurKernelWorksIsToldToTheResponder() {
        Octets request = byKey.initiated();
        byKey.node.pause = Duration.ofSeconds(2);
        answer(byKey, request, with(byKey.identity(), InitiatorBench.gains()));
        Octets word = only(byKey.event(new Event.Command.Close("enough", Output.Cause.ADMIN_RESET)));
        assertThat(byKey.peer.open(word)).containsExactly(new Payload.Delete(ProtocolId.IKE, List.of()));
        assertThat(byKey.isOver()).isTrue();
        byKey.assertNothingLeft();
    }
}
