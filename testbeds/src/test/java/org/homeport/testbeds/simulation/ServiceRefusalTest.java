package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.testbeds.simulation.ResponderBench.notifies;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.RemoteAuth.WithoutMsk;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.session.Output;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

/** A peer that is who it says, and may not have the service. */
class ServiceRefusalTest {
    private final ResponderBench bench =
            new ResponderBench(SampleConnections.agent(SampleConnections.eap(WithoutMsk.REFUSE)));
    private final ScriptedPeer peer = bench.initiated();

    private void grant(Optional<Duration> sessionTimeout, Optional<String> refusal) {
        bench.eapEnd = new EapTurn.Outcome.Accepted(
                Optional.of(Octets.of(3, 3, 0, 4)),
                Optional.of(SampleConnections.MSK),
                new Authorization(
                        SampleConnections.NODE_NAME, sessionTimeout, List.of(), List.of(), List.of(), refusal),
                "TEST");
    }

    private List<Payload> finalAuth() {
        return bench.ask(
                peer, ExchangeType.IKE_AUTH, peer.auth(SampleConnections.MSK, peer.id(SampleConnections.NODE_NAME)));
    }

    @Test
    void refusedServiceGetsNeitherAddressNorSa() {
        grant(Optional.empty(), Optional.of("no mobility for visitors"));
        assertThat(bench.eapEnded(peer))
                .as("EAP itself succeeds")
                .containsExactly(new Payload.Eap(Octets.of(3, 3, 0, 4)));
        assertThat(notifies(finalAuth())).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        bench.assertAllGivenBack();
        assertThat(bench.agent.story)
                .filteredOn(line -> line.contains(".refused"))
                .singleElement()
                .asString()
                .contains("service.refused", "SERVICE_NOT_AUTHORIZED", "no mobility for visitors");
        bench.assertNothingLeft();
        assertThat(bench.agent.ends).containsExactly(Output.Cause.NEVER_ESTABLISHED);
    }

    @Test
    void whatIsRefusedIsNotToldToWhoeverDoesNotKnowTheMsk() {
        grant(Optional.empty(), Optional.of("no mobility for visitors"));
        bench.eapEnded(peer);
        bench.ask(
                peer,
                ExchangeType.IKE_AUTH,
                peer.auth(SampleConnections.NODE_KEY, peer.id(SampleConnections.NODE_NAME)));
        assertThat(bench.agent.story).noneMatch(line -> line.contains("service.refused"));
    }

    @Test
    void refusalIsRepeated() {
        grant(Optional.empty(), Optional.of("no mobility for visitors"));
        bench.eapEnded(peer);
        Octets request = peer.request(
                ExchangeType.IKE_AUTH, peer.auth(SampleConnections.MSK, peer.id(SampleConnections.NODE_NAME)));
        List<Octets> answer = bench.deliver(request);
        assertThat(bench.deliver(request)).isEqualTo(answer).hasSize(1);
    }

    @Test
    void sessionOfNoTimeIsNone() {
        grant(Optional.of(Duration.ZERO), Optional.empty());
        bench.eapEnded(peer);
        assertThat(notifies(finalAuth())).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        assertThat(bench.agent.story).anyMatch(line -> line.contains("service.refused"));
        bench.assertNothingLeft();
    }
}
