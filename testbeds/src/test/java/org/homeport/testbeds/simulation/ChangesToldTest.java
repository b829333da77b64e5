package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.testbeds.simulation.ResponderBench.only;

import java.util.List;
import org.homeport.core.child.SaPlan;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Output;
import org.homeport.core.session.Path;
import org.homeport.core.session.Role;
import org.homeport.core.session.SessionSummary;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

/** What listeners hear of an established session: every change of path, children and IKE SA, and nothing else. */
class ChangesToldTest {
    private final ResponderBench bench =
            new ResponderBench(SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY)));
    private final ScriptedPeer peer = bench.established();

    private SessionSummary change() {
        SessionSummary change = only(bench.agent.changes);
        assertThat(change).isEqualTo(bench.session().summary().orElseThrow());
        return change;
    }

    private List<Payload> child(int spi, Payload... more) {
        return ScriptedPeer.with(
                ScriptedPeer.with(ScriptedPeer.child(spi), new Payload.Nonce(bench.random.octets(32))), more);
    }

    @Test
    void nothingIsToldOfAnEstablishedSessionThatStaysAsItIs() {
        bench.ask(peer, ExchangeType.INFORMATIONAL);
        bench.deliver(peer.response(only(bench.command(new Event.Command.Probe()))));
        assertThat(bench.agent.changes).isEmpty();
    }

    @Test
    void furtherChildIsToldOnce() {
        Octets request = peer.request(ExchangeType.CREATE_CHILD_SA, child(0x1002));
        bench.deliver(request);
        bench.deliver(request);
        assertThat(change().children()).hasSize(2);
    }

    @Test
    void rekeyedChildIsToldWhenItComesAndWhenTheOldOneGoes() {
        SaPlan old = only(bench.session().summary().orElseThrow().children());
        Octets spi = ScriptedPeer.spi(old.outbound().spi());
        bench.ask(
                peer,
                ExchangeType.CREATE_CHILD_SA,
                child(0x1002, new Payload.Notify(ProtocolId.ESP, spi, NotifyType.REKEY_SA, Octets.EMPTY)));
        bench.ask(peer, ExchangeType.INFORMATIONAL, new Payload.Delete(ProtocolId.ESP, List.of(spi)));
        assertThat(bench.agent.changes.stream()
                        .map(summary -> summary.children().size()))
                .containsExactly(2, 1);
        assertThat(bench.agent.changes.getLast().children()).doesNotContain(old);
    }

    @Test
    void removedChildIsTold() {
        SaPlan child = only(bench.session().summary().orElseThrow().children());
        bench.ask(
                peer,
                ExchangeType.INFORMATIONAL,
                new Payload.Delete(
                        ProtocolId.ESP,
                        List.of(ScriptedPeer.spi(child.outbound().spi()))));
        assertThat(change().children()).isEmpty();
    }

    @Test
    void refusedChildIsNoChange() {
        bench.agent.faults = new Side.Faults(1, 0, bench.agent.faults.slowness());
        bench.ask(peer, ExchangeType.CREATE_CHILD_SA, child(0x1002));
        assertThat(bench.agent.changes).isEmpty();
    }

    @Test
    void peerThatMovedIsToldOnce() {
        Path moved =
                new Path(SampleConnections.AGENT, new Endpoint(IpAddress.parse("2001:db8:7::10"), 500), Framing.PLAIN);
        bench.event(new Event.Moved(moved));
        bench.event(new Event.Moved(moved));
        assertThat(change().path()).isEqualTo(moved);
    }

    @Test
    void rekeyedIkeSaIsTold() {
        long before = bench.session().summary().orElseThrow().spiResponder();
        ScriptedPeer next = peer.successor(Role.INITIATOR);
        next.succeeds(peer, bench.ask(peer, ExchangeType.CREATE_CHILD_SA, next.rekeyPayloads()));
        bench.ask(peer, ExchangeType.INFORMATIONAL, new Payload.Delete(ProtocolId.IKE, List.of()));
        assertThat(change().spiResponder()).isNotEqualTo(before);
    }

    @Test
    void nothingIsToldOnceTheEndHasBegun() {
        bench.command(new Event.Command.Close("enough", Output.Cause.ADMIN_RESET));
        bench.ask(peer, ExchangeType.INFORMATIONAL);
        assertThat(bench.agent.changes).isEmpty();
    }
}
