package org.homeport.eap.mschapv2;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.homeport.eap.Methods;
import org.homeport.eap.PeerStep;
import org.homeport.eap.ServerStep;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

class MschapV2FuzzTest {
    @FuzzTest(maxDuration = "60s")
    void serverIsNotTalkedRound(FuzzedDataProvider data) {
        MschapV2Server server = Methods.mschapV2Server(3, 5);
        server.begin(1);
        while (data.remainingBytes() > 0) {
            assertThat(server.respond(typeData(data), 2)).isNotInstanceOf(ServerStep.Done.class);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void peerIsNotTalkedRound(FuzzedDataProvider data) {
        MschapV2Peer peer = Methods.mschapV2Peer("secret");
        while (data.remainingBytes() > 0) {
            if (peer.handle(typeData(data), 1) instanceof PeerStep.Answer answer) {
                assertThat(answer.standing()).isNotInstanceOf(PeerStep.Standing.Agreed.class);
            }
        }
    }

    @FuzzTest(maxDuration = "60s")
    void requestsThatAreReadAreWrittenToTheSameMeaning(byte[] data) {
        try {
            MschapV2Packet.Request request = MschapV2Codec.decodeRequest(Octets.copyOf(data));
            if (request instanceof MschapV2Packet.Challenge) {
                assertThat(MschapV2Codec.encode(request)).isEqualTo(Octets.copyOf(data));
            } else if (request instanceof MschapV2Packet.Success success) {
                assertThat(((MschapV2Packet.Success) MschapV2Codec.decodeRequest(MschapV2Codec.encode(request)))
                                .authenticatorResponse())
                        .isEqualTo(success.authenticatorResponse());
            }
        } catch (WireException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    /** Half of the time with a header that fits. */
    private static Octets typeData(FuzzedDataProvider data) {
        Octets body = Octets.wrap(data.consumeBytes(data.consumeInt(0, 200)));
        if (data.consumeBoolean()) {
            return body;
        }
        return Octets.of(data.consumeInt(0, 8), data.consumeByte(), 0, 4 + body.length())
                .plus(body);
    }
}
