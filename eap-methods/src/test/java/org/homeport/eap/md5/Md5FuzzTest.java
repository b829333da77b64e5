package org.homeport.eap.md5;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.homeport.eap.Methods;
import org.homeport.eap.PeerStep;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.ServerStep;
import org.homeport.kit.Octets;

class Md5FuzzTest {
    @FuzzTest(maxDuration = "60s")
    void serverIsNotTalkedRound(byte[] data) {
        ServerMethod server = Methods.md5().start().get();
        server.begin(1);
        assertThat(server.respond(Octets.copyOf(data), 2)).isInstanceOf(ServerStep.Failed.class);
        assertThat(server.respond(Octets.copyOf(data), 2)).isInstanceOf(ServerStep.Ignored.class);
    }

    @FuzzTest(maxDuration = "60s")
    void peerAnswersOrFails(byte[] data) {
        PeerStep step = Methods.md5Peer("secret").handle(Octets.copyOf(data), 1);
        assertThat(step).isNotInstanceOf(PeerStep.Ignored.class);
    }
}
