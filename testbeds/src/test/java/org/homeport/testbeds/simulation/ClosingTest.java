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
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.core.session.Role;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

/** We end the IKE SA (RFC 7296 sections 1.4.1, 2.25). */
class ClosingTest {
    private final ResponderBench bench =
            new ResponderBench(SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY)));
    private final ScriptedPeer peer = bench.established();

    private static Payload.Delete deleteIke() {
        return new Payload.Delete(ProtocolId.IKE, List.of());
    }

    @Test
    void allIsGivenBackBeforeThePeerHasAnswered() {
        Octets delete = only(bench.command(new Event.Command.Close("enough", Output.Cause.ADMIN_RESET)));
        assertThat(peer.open(delete)).containsExactly(deleteIke());
        bench.assertAllGivenBack();
        bench.deliver(peer.response(delete));
        assertThat(bench.agent.leftovers()).isEmpty();
    }

    @Test
    void shutdownKeepsTheLease() {
        Octets delete = only(bench.command(new Event.Command.Shutdown()));
        bench.deliver(peer.response(delete));
        assertThat(bench.agent.live).isEmpty();
        assertThat(bench.agent.kernel).isEmpty();
        assertThat(bench.agent.leases).hasSize(1);
    }

    @Test
    void peerThatDoesNotAnswerIsGivenUp() {
        bench.command(new Event.Command.Close("enough", Output.Cause.ADMIN_RESET));
        assertThat(bench.pass(Duration.ofSeconds(31))).hasSize(4);
        assertThat(bench.agent.leftovers()).isEmpty();
    }

    @Test
    void crossingDeleteIsAnsweredEmpty() {
        bench.command(new Event.Command.Close("enough", Output.Cause.ADMIN_RESET));
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL, deleteIke())).isEmpty();
        assertThat(bench.pass(Duration.ofSeconds(60))).isEmpty();
        bench.assertNothingLeft();
    }

    @Test
    void probeOfThePeerIsStillAnswered() {
        bench.command(new Event.Command.Close("enough", Output.Cause.ADMIN_RESET));
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL)).isEmpty();
    }

    @Test
    void nothingNewIsMade() {
        bench.command(new Event.Command.Close("enough", Output.Cause.ADMIN_RESET));
        assertThat(notifies(bench.ask(
                        peer,
                        ExchangeType.CREATE_CHILD_SA,
                        ScriptedPeer.with(ScriptedPeer.child(0x1002), new Payload.Nonce(bench.random.octets(32))))))
                .containsExactly(NotifyType.TEMPORARY_FAILURE);
        assertThat(bench.agent.kernel).isEmpty();
    }

    @Test
    void exchangeUnderWayEndsFirst() {
        Octets probe = only(bench.command(new Event.Command.Probe()));
        assertThat(bench.command(new Event.Command.Close("enough", Output.Cause.ADMIN_RESET)))
                .isEmpty();
        Octets delete = only(bench.deliver(peer.response(probe)));
        assertThat(peer.open(delete)).containsExactly(deleteIke());
    }

    @Test
    void childThatWaitsForTheKernelIsRefusedAndTakenBack() {
        bench.agent.pause = Duration.ofSeconds(3);
        bench.deliver(peer.request(
                ExchangeType.CREATE_CHILD_SA,
                ScriptedPeer.with(ScriptedPeer.child(0x1002), new Payload.Nonce(bench.random.octets(32)))));
        List<Octets> sent = bench.command(new Event.Command.Close("enough", Output.Cause.ADMIN_RESET));
        assertThat(sent).hasSize(2);
        assertThat(notifies(peer.open(sent.getFirst()))).containsExactly(NotifyType.TEMPORARY_FAILURE);
        assertThat(peer.open(sent.getLast())).containsExactly(deleteIke());
        bench.pass(Duration.ofSeconds(3));
        bench.assertAllGivenBack();
    }

    @Test
    void refusedRekeyIsFollowedByTheDelete() {
        Octets rekey = only(bench.command(new Event.Command.RekeyIke()));
        bench.command(new Event.Command.Close("enough", Output.Cause.ADMIN_RESET));
        Octets delete = only(bench.deliver(peer.response(rekey, Payload.Notify.of(NotifyType.TEMPORARY_FAILURE))));
        assertThat(peer.open(delete)).containsExactly(deleteIke());
    }

    @Test
    void ikeSaThatIsBeingRekeyedIsDeletedUnderItsNewName() {
        Octets rekey = only(bench.command(new Event.Command.RekeyIke()));
        assertThat(bench.command(new Event.Command.Close("enough", Output.Cause.ADMIN_RESET)))
                .isEmpty();
        ScriptedPeer next = peer.successor(Role.RESPONDER);
        next.succeeds(peer, peer.open(rekey));
        Octets delete = only(bench.deliver(peer.response(rekey, next.rekeyPayloads())));
        assertThat(next.open(delete)).containsExactly(deleteIke());
        bench.deliver(next.response(delete));
        assertThat(bench.agent.leftovers()).isEmpty();
    }
}
