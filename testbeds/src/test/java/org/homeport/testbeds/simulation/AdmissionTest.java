package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.testbeds.simulation.ResponderBench.notifies;
import static org.homeport.testbeds.simulation.ResponderBench.only;

import java.time.Duration;
import java.util.List;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

/** What a peer that proved itself waits for: its address, and the kernel (RFC 7296 sections 2.19, 2.21.2, 3.15.4). */
class AdmissionTest {
    private final ResponderBench bench = bench(new Side.Faults(0, 0, Duration.ZERO));

    private static ResponderBench bench(Side.Faults faults) {
        return new ResponderBench(
                faults, 1000, SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY)));
    }

    private static List<Payload> byKey(ScriptedPeer peer) {
        return ResponderBench.firstAuth(
                peer, peer.auth(SampleConnections.NODE_KEY, peer.id(SampleConnections.NODE_NAME)));
    }

    // AwaitingLease

    @Test
    void exhaustedPoolIsToldAndTheIkeSaStandsWithoutAChild() {
        ResponderBench dry = bench(new Side.Faults(0, 1, Duration.ZERO));
        ScriptedPeer peer = dry.initiated();
        List<Payload> answer = dry.ask(peer, ExchangeType.IKE_AUTH, byKey(peer));
        assertThat(notifies(answer)).containsExactly(NotifyType.INTERNAL_ADDRESS_FAILURE);
        assertThat(answer.stream().map(Payload::type))
                .containsExactly(PayloadType.IDR, PayloadType.AUTH, PayloadType.NOTIFY);
        assertThat(dry.agent.kernel).isEmpty();
        assertThat(dry.ask(peer, ExchangeType.INFORMATIONAL)).isEmpty();
    }

    @Test
    void repetitionWhileTheAddressIsChosenIsDropped() {
        ScriptedPeer peer = bench.initiated();
        bench.agent.pause = Duration.ofSeconds(2);
        Octets request = peer.request(ExchangeType.IKE_AUTH, byKey(peer));
        assertThat(bench.deliver(request)).isEmpty();
        assertThat(bench.deliver(request)).isEmpty();
        Octets answer = only(bench.pass(Duration.ofSeconds(4)));
        assertThat(bench.deliver(request)).containsExactly(answer);
        assertThat(bench.agent.leases).hasSize(1);
    }

    @Test
    void addressThatComesTooLateIsReleased() {
        ScriptedPeer peer = bench.initiated();
        bench.agent.pause = Duration.ofSeconds(50);
        bench.deliver(peer.request(ExchangeType.IKE_AUTH, byKey(peer)));
        bench.pass(Duration.ofSeconds(41));
        assertThat(bench.agent.live).isEmpty();
        bench.pass(Duration.ofSeconds(20));
        assertThat(bench.agent.leftovers()).isEmpty();
    }

    @Test
    void closedMeanwhileReleasesTheAddressWhenItComes() {
        ScriptedPeer peer = bench.initiated();
        bench.agent.pause = Duration.ofSeconds(2);
        bench.deliver(peer.request(ExchangeType.IKE_AUTH, byKey(peer)));
        bench.command(new Event.Command.Close("operator", Output.Cause.ADMIN_RESET));
        bench.pass(Duration.ofSeconds(5));
        assertThat(bench.agent.leftovers()).isEmpty();
        bench.assertNoBug();
    }

    // AwaitingFirstSa

    @Test
    void answerWaitsForTheKernel() {
        ScriptedPeer peer = bench.initiated();
        bench.agent.pause = Duration.ofSeconds(2);
        bench.deliver(peer.request(ExchangeType.IKE_AUTH, byKey(peer)));
        assertThat(bench.pass(Duration.ofSeconds(3))).as("lease there, SA not").isEmpty();
        assertThat(bench.agent.leases).hasSize(1);
        assertThat(bench.pass(Duration.ofSeconds(1))).hasSize(1);
    }

    @Test
    void leaseIsReleasedWhenTheKernelRefuses() {
        ResponderBench unlucky = bench(new Side.Faults(1, 0, Duration.ZERO));
        ScriptedPeer peer = unlucky.initiated();
        List<Payload> answer = unlucky.ask(peer, ExchangeType.IKE_AUTH, byKey(peer));
        assertThat(notifies(answer)).containsExactly(NotifyType.TEMPORARY_FAILURE);
        assertThat(Payload.first(answer, Payload.Authentication.class)).isPresent();
        assertThat(Payload.first(answer, Payload.Configuration.class)).isEmpty();
        assertThat(unlucky.agent.leases).isEmpty();
        assertThat(unlucky.agent.kernel).isEmpty();
        assertThat(unlucky.ask(peer, ExchangeType.INFORMATIONAL)).isEmpty();
    }

    @Test
    void kernelThatNeverAnswersCostsNothingInTheEnd() {
        ScriptedPeer peer = bench.initiated();
        bench.agent.pause = Duration.ofSeconds(30);
        bench.deliver(peer.request(ExchangeType.IKE_AUTH, byKey(peer)));
        bench.pass(Duration.ofSeconds(41));
        assertThat(bench.agent.live).isEmpty();
        assertThat(bench.agent.kernel).isEmpty();
        assertThat(bench.agent.leases).isEmpty();
        bench.pass(Duration.ofSeconds(60));
        assertThat(bench.agent.leftovers()).isEmpty();
        bench.assertNoBug();
    }

    @Test
    void shutdownMeanwhileKeepsTheLease() {
        ScriptedPeer peer = bench.initiated();
        bench.agent.pause = Duration.ofSeconds(2);
        bench.deliver(peer.request(ExchangeType.IKE_AUTH, byKey(peer)));
        bench.pass(Duration.ofSeconds(3));
        bench.command(new Event.Command.Shutdown());
        assertThat(bench.agent.live).isEmpty();
        assertThat(bench.agent.kernel).isEmpty();
        assertThat(bench.agent.leases).hasSize(1);
    }
}
