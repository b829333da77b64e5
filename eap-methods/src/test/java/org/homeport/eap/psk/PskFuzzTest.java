package org.homeport.eap.psk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.homeport.eap.Methods;
import org.homeport.eap.PeerStep;
import org.homeport.eap.ServerStep;
import org.homeport.eap.psk.PskCodec.Result;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

class PskFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void serverIsNotTalkedRound(FuzzedDataProvider data) {
        PskServer server = PskTest.server(5);
        Octets first = ((ServerStep.Ask) server.begin(1)).typeData();
        if (data.consumeBoolean()) {
            PskPeer peer = new PskPeer("mn1", PskTest.KEYS, Methods.random(6));
            server.respond(((PeerStep.Answer) peer.handle(first, 1)).typeData(), 2);
        }
        while (data.remainingBytes() > 0) {
            assertThat(server.respond(typeData(data), 3)).isNotInstanceOf(ServerStep.Done.class);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void peerIsNotTalkedRound(FuzzedDataProvider data) throws Exception {
        PskPeer peer = new PskPeer("mn1", PskTest.KEYS, Methods.random(6));
        if (data.consumeBoolean()) {
            Octets third = PskTest.third(peer, new Result(Result.Kind.CONT, List.of(1)));
            if (data.consumeBoolean()) {
                peer.handle(third, 2);
            }
        }
        while (data.remainingBytes() > 0) {
            if (peer.handle(typeData(data), 3) instanceof PeerStep.Answer answer) {
                assertThat(answer.standing()).isInstanceOf(PeerStep.Standing.Undecided.class);
            }
        }
    }

    @FuzzTest(maxDuration = "60s")
    void whatIsReadIsWrittenToTheSameMeaning(FuzzedDataProvider data) throws WireException {
        Octets bytes = Octets.copyOf(data.consumeRemainingAsBytes());
        PskMessage message;
        try {
            message = PskCodec.decode(bytes);
        } catch (WireException e) {
            assertThat(e).hasMessageMatching(".+");
            return;
        }
        assertThat(PskCodec.decode(PskCodec.encode(message))).isEqualTo(message);
    }

    private static Octets typeData(FuzzedDataProvider data) {
        return Octets.copyOf(data.consumeBytes(data.consumeInt(0, 200)));
    }
}
