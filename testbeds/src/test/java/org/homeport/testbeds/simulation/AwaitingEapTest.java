package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.testbeds.simulation.ResponderBench.notifies;
import static org.homeport.testbeds.simulation.ResponderBench.only;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.policy.RemoteAuth.WithoutMsk;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

/** EAP inside IKE_AUTH, up to the AUTH that ends it (RFC 7296 sections 2.16, 2.21.2, 3.16). */
class AwaitingEapTest {
    private final ResponderBench bench =
            new ResponderBench(SampleConnections.agent(SampleConnections.eap(WithoutMsk.REFUSE)));

    private static EapTurn.Outcome accepted(Optional<Secret> msk) {
        return new EapTurn.Outcome.Accepted(
                Optional.of(Octets.of(3, 3, 0, 4)), msk, Authorization.of(SampleConnections.NODE_NAME), "TEST");
    }

    private List<Payload> finalAuth(ScriptedPeer peer, Secret key) {
        return bench.ask(peer, ExchangeType.IKE_AUTH, peer.auth(key, peer.id(SampleConnections.NODE_NAME)));
    }

    // AwaitingEapAnswer

    @Test
    void firstAnswerSaysWhoWeAreAndBeginsEap() {
        ScriptedPeer peer = bench.initiated();
        List<Payload> answer = bench.ask(peer, ExchangeType.IKE_AUTH, ResponderBench.firstAuth(peer));
        assertThat(answer.stream().map(Payload::type))
                .containsExactly(PayloadType.IDR, PayloadType.AUTH, PayloadType.EAP);
        assertThat(bench.agent.leases).as("nothing is given before the proof").isEmpty();
    }

    @Test
    void repetitionWhileTheAuthenticatorThinksIsDropped() {
        ScriptedPeer peer = bench.initiated();
        bench.agent.pause = Duration.ofSeconds(3);
        Octets request = peer.request(ExchangeType.IKE_AUTH, ResponderBench.firstAuth(peer));
        assertThat(bench.deliver(request)).isEmpty();
        assertThat(bench.deliver(request)).isEmpty();
        Octets answer = only(bench.pass(Duration.ofSeconds(3)));
        assertThat(bench.deliver(request)).containsExactly(answer);
    }

    @Test
    void authenticatorThatNeverAnswersIsAbandonedAndThePeerTold() {
        ScriptedPeer peer = bench.initiated();
        bench.agent.pause = Duration.ofHours(1);
        bench.deliver(peer.request(ExchangeType.IKE_AUTH, ResponderBench.firstAuth(peer)));
        assertThat(bench.agent.openEap).hasSize(1);
        assertThat(notifies(peer.open(only(bench.pass(Duration.ofSeconds(41))))))
                .containsExactly(NotifyType.AUTHENTICATION_FAILED);
        assertThat(bench.agent.story).anyMatch(line -> line.contains("BackendUnavailable") && line.contains("AAA"));
        bench.assertAllGivenBack();
        bench.assertNothingLeft();
    }

    @Test
    void eapFailureGoesAlone() {
        bench.eapEnd = new EapTurn.Outcome.Rejected(Optional.of(Octets.of(4, 3, 0, 4)), "wrong password");
        ScriptedPeer peer = bench.initiated();
        List<Payload> answer = bench.eapEnded(peer);
        assertThat(answer).containsExactly(new Payload.Eap(Octets.of(4, 3, 0, 4)));
        bench.assertAllGivenBack();
        bench.assertNothingLeft();
    }

    @Test
    void rejectionWithoutAPacketIsAuthenticationFailed() {
        bench.eapEnd = new EapTurn.Outcome.Rejected(Optional.empty(), "unknown user");
        ScriptedPeer peer = bench.initiated();
        assertThat(notifies(bench.eapEnded(peer))).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        bench.assertNothingLeft();
    }

    @Test
    void silentAaaIsAuthenticationFailed() {
        bench.eapEnd = new EapTurn.Outcome.Unavailable("no answer");
        ScriptedPeer peer = bench.initiated();
        assertThat(notifies(bench.eapEnded(peer))).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        bench.assertNothingLeft();
    }

    @Test
    void methodWithoutMskIsRefusedUnlessAllowed() {
        bench.eapEnd = accepted(Optional.empty());
        ScriptedPeer peer = bench.initiated();
        assertThat(notifies(bench.eapEnded(peer))).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        bench.assertNothingLeft();

        ResponderBench lenient = new ResponderBench(SampleConnections.agent(SampleConnections.eap(WithoutMsk.ALLOW)));
        lenient.eapEnd = accepted(Optional.empty());
        ScriptedPeer other = lenient.initiated();
        assertThat(lenient.eapEnded(other)).containsExactly(new Payload.Eap(Octets.of(3, 3, 0, 4)));
        List<Payload> last = lenient.ask(
                other, ExchangeType.IKE_AUTH, other.auth(other.skPi(), other.id(SampleConnections.NODE_NAME)));
        assertThat(Payload.first(last, Payload.Authentication.class).orElseThrow())
                .isEqualTo(other.responderAuth(other.skPr()));
    }

    @Test
    void acceptWithoutASuccessToPassOnIsNone() {
        bench.eapEnd = new EapTurn.Outcome.Accepted(
                Optional.empty(),
                Optional.of(SampleConnections.MSK),
                Authorization.of(SampleConnections.NODE_NAME),
                "TEST");
        ScriptedPeer peer = bench.initiated();
        assertThat(notifies(bench.eapEnded(peer))).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        bench.assertNothingLeft();
    }

    @Test
    void closedMeanwhileAbandonsEap() {
        ScriptedPeer peer = bench.initiated();
        bench.agent.pause = Duration.ofSeconds(3);
        bench.deliver(peer.request(ExchangeType.IKE_AUTH, ResponderBench.firstAuth(peer)));
        bench.command(new Event.Command.Close("operator", Output.Cause.ADMIN_RESET));
        assertThat(bench.agent.leftovers()).isEmpty();
        assertThat(bench.pass(Duration.ofSeconds(10))).isEmpty();
        bench.assertNoBug();
    }

    // AwaitingEapTurn

    @Test
    void roundsGoOnUntilTheMethodEnds() {
        ScriptedPeer peer = bench.initiated();
        assertThat(bench.eapEnded(peer)).containsExactly(new Payload.Eap(Octets.of(3, 3, 0, 4)));
    }

    @Test
    void authBeforeEapIsOverIsRefused() {
        ScriptedPeer peer = bench.initiated();
        bench.ask(peer, ExchangeType.IKE_AUTH, ResponderBench.firstAuth(peer));
        assertThat(notifies(finalAuth(peer, SampleConnections.MSK))).containsExactly(NotifyType.INVALID_SYNTAX);
        bench.assertAllGivenBack();
        bench.assertNothingLeft();
    }

    @Test
    void silentPeerIsForgottenAndItsEapAbandoned() {
        ScriptedPeer peer = bench.initiated();
        bench.ask(peer, ExchangeType.IKE_AUTH, ResponderBench.firstAuth(peer));
        bench.pass(Duration.ofSeconds(41));
        assertThat(bench.agent.leftovers()).isEmpty();
    }

    @Test
    void endlessConversationComesToAnEnd() {
        ResponderBench chatty = new ResponderBench(SampleConnections.agent(SampleConnections.eap(WithoutMsk.REFUSE)));
        chatty.eapEnd = new EapTurn.Outcome.Continue(Octets.of(1, 9, 0, 5, 200));
        ScriptedPeer peer = chatty.initiated();
        chatty.ask(peer, ExchangeType.IKE_AUTH, ResponderBench.firstAuth(peer));
        List<NotifyType> end = List.of();
        for (int i = 0; i < 150 && end.isEmpty(); i++) {
            end = notifies(chatty.ask(peer, ExchangeType.IKE_AUTH, ResponderBench.eapResponse(1)));
        }
        assertThat(end).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        chatty.assertNothingLeft();
    }

    // AwaitingFinalAuth

    @Test
    void proofByTheMskOpensTheDoor() {
        ScriptedPeer peer = bench.initiated();
        bench.eapEnded(peer);
        List<Payload> last = finalAuth(peer, SampleConnections.MSK);
        assertThat(last.stream().map(Payload::type))
                .containsExactly(PayloadType.AUTH, PayloadType.CP, PayloadType.SA, PayloadType.TSI, PayloadType.TSR);
        assertThat(last.getFirst()).isEqualTo(peer.responderAuth(SampleConnections.MSK));
        assertThat(bench.agent.established().orElseThrow().authorization().identity())
                .isEqualTo(SampleConnections.NODE_NAME);
    }

    @Test
    void proofByAnotherKeyIsRefused() {
        ScriptedPeer peer = bench.initiated();
        bench.eapEnded(peer);
        assertThat(notifies(finalAuth(peer, Secret.utf8("another msk"))))
                .containsExactly(NotifyType.AUTHENTICATION_FAILED);
        bench.assertNothingLeft();
    }

    @Test
    void proofBySkPiIsRefusedWhereTheMethodMadeAnMsk() {
        ScriptedPeer peer = bench.initiated();
        bench.eapEnded(peer);
        assertThat(notifies(finalAuth(peer, peer.skPi()))).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        bench.assertNothingLeft();
    }

    @Test
    void moreEapAfterItsEndIsRefused() {
        ScriptedPeer peer = bench.initiated();
        bench.eapEnded(peer);
        assertThat(notifies(bench.ask(peer, ExchangeType.IKE_AUTH, ResponderBench.eapResponse(3))))
                .containsExactly(NotifyType.INVALID_SYNTAX);
        bench.assertNothingLeft();
    }

    @Test
    void policyRestsOnTheIdentityThatEapProvedAndNotOnTheClaimedOne() {
        bench.eapEnd = new EapTurn.Outcome.Accepted(
                Optional.of(Octets.of(3, 3, 0, 4)),
                Optional.of(SampleConnections.MSK),
                Authorization.of("real@example.org"),
                "TEST");
        ScriptedPeer peer = bench.initiated();
        bench.eapEnded(peer);
        finalAuth(peer, SampleConnections.MSK);
        assertThat(bench.agent.established().orElseThrow().authorization().identity())
                .isEqualTo("real@example.org");
    }

    @Test
    void connectionByKeyIsNotOpenToWhoeverSaysEap() {
        ResponderBench both =
                new ResponderBench(SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY)));
        ScriptedPeer peer = both.initiated();
        assertThat(notifies(both.ask(peer, ExchangeType.IKE_AUTH, ResponderBench.firstAuth(peer))))
                .containsExactly(NotifyType.AUTHENTICATION_FAILED);
    }

    @Test
    void peerThatDoesNotBelieveUsIsAnsweredEmptyAndItsEapAbandoned() {
        ScriptedPeer peer = bench.initiated();
        bench.ask(peer, ExchangeType.IKE_AUTH, ResponderBench.firstAuth(peer));
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL, Payload.Notify.of(NotifyType.AUTHENTICATION_FAILED)))
                .isEmpty();
        bench.assertAllGivenBack();
        bench.assertNothingLeft();
        assertThat(bench.agent.story).anyMatch(line -> line.contains("AUTHENTICATION_FAILED"));
    }
}
