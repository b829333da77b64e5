package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

/** Why a session ended, for whoever accounts for it (RFC 2866 section 5.10). */
class EndingCauseTest {
    private final ResponderBench bench =
            new ResponderBench(SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY)));

    private static Payload.Delete deleteIke() {
        return new Payload.Delete(ProtocolId.IKE, List.of());
    }

    private Output.Cause cause() {
        bench.simulation.run(Duration.ofMinutes(2));
        return only(bench.agent.ends);
    }

    @Test
    void deletedByThePeer() {
        bench.ask(bench.established(), ExchangeType.INFORMATIONAL, deleteIke());
        assertThat(cause()).isEqualTo(Output.Cause.PEER_DELETED);
    }

    @Test
    void peerThatIsSilent() {
        bench.established();
        assertThat(cause()).isEqualTo(Output.Cause.PEER_LOST);
    }

    @Test
    void peerThatBreaksTheProtocol() {
        bench.ask(bench.established(), ExchangeType.IKE_AUTH, ResponderBench.eapResponse(1));
        assertThat(cause()).isEqualTo(Output.Cause.PEER_FAILED);
    }

    @Test
    void peerThatRefusesWhatWasEstablished() {
        bench.ask(bench.established(), ExchangeType.INFORMATIONAL, Payload.Notify.of(NotifyType.AUTHENTICATION_FAILED));
        assertThat(cause()).isEqualTo(Output.Cause.PEER_FAILED);
    }

    @Test
    void shutdown() {
        bench.established();
        bench.command(new Event.Command.Shutdown());
        assertThat(cause()).isEqualTo(Output.Cause.SHUTDOWN);
    }

    @Test
    void orderSaysTheCauseItself() {
        bench.established();
        bench.command(new Event.Command.Close("silent for an hour", Output.Cause.IDLE));
        assertThat(cause()).isEqualTo(Output.Cause.IDLE);
    }

    @Test
    void whatComesDuringTheFarewellDoesNotChangeIt() {
        ScriptedPeer peer = bench.established();
        bench.command(new Event.Command.Close("operator", Output.Cause.ADMIN_RESET));
        bench.ask(peer, ExchangeType.INFORMATIONAL, deleteIke());
        assertThat(cause()).isEqualTo(Output.Cause.ADMIN_RESET);
    }

    @Test
    void brokenResponseDuringTheFarewellDoesNotChangeIt() {
        ScriptedPeer peer = bench.established();
        Octets delete = only(bench.command(new Event.Command.Close("operator", Output.Cause.ADMIN_RESET)));
        bench.deliver(peer.response(delete, new Payload.Nonce(bench.random.octets(32))));
        assertThat(cause()).isEqualTo(Output.Cause.ADMIN_RESET);
    }

    @Test
    void neverEstablished() {
        ScriptedPeer peer = bench.initiated();
        bench.ask(peer, ExchangeType.IKE_AUTH, ResponderBench.firstAuth(peer));
        assertThat(cause()).isEqualTo(Output.Cause.NEVER_ESTABLISHED);
    }
}
