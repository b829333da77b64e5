package org.homeport.eap.aka;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.homeport.eap.PeerStep;
import org.homeport.eap.PeerStep.Standing;
import org.homeport.eap.ServerStep;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

class AkaFuzzTest {
    private static final Secret KEY = Secret.copyOf(Octets.zeros(16));

    @FuzzTest(maxDuration = "60s")
    void serverIsNotTalkedRound(FuzzedDataProvider data) {
        Aka aka = new Aka(data.pickValue(AkaVariant.values()));
        int authentications = data.consumeInt(0, 1);
        for (int i = 0; i < authentications; i++) {
            aka.converse();
        }
        AkaServer server = aka.server();
        AkaPeer peer = aka.peer();
        ServerStep step = server.begin(0);
        int rounds = data.consumeInt(0, 1);
        for (int i = 0; i < rounds; i++) {
            step = server.respond(answered(peer, step, i), i + 1);
        }
        int identifier = rounds;
        while (data.remainingBytes() > 0 && step instanceof ServerStep.Ask) {
            step = server.respond(typeData(data), ++identifier);
            assertThat(step).isNotInstanceOf(ServerStep.Done.class);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void peerIsNotTalkedRound(FuzzedDataProvider data) {
        Aka aka = new Aka(data.pickValue(AkaVariant.values()));
        int authentications = data.consumeInt(0, 1);
        for (int i = 0; i < authentications; i++) {
            aka.converse();
        }
        AkaServer server = aka.server();
        AkaPeer peer = aka.peer();
        ServerStep step = server.begin(0);
        int rounds = data.consumeInt(0, 2);
        for (int i = 0; i < rounds; i++) {
            step = server.respond(answered(peer, step, i), i + 1);
        }
        while (data.remainingBytes() > 0) {
            if (peer.handle(typeData(data), 3) instanceof PeerStep.Answer answer) {
                assertThat(answer.standing()).isInstanceOfAny(Standing.Undecided.class, Standing.Lost.class);
            }
        }
    }

    @FuzzTest(maxDuration = "60s")
    void whatIsReadIsWrittenToTheSameMeaning(FuzzedDataProvider data) throws WireException {
        Octets bytes = Octets.copyOf(data.consumeRemainingAsBytes());
        AkaMessage message;
        try {
            message = AkaCodec.decode(bytes);
        } catch (WireException e) {
            assertThat(e).hasMessageMatching(".+");
            return;
        }
        assertThat(AkaCodec.decode(AkaCodec.encode(message))).isEqualTo(message);
    }

    @FuzzTest(maxDuration = "60s")
    void whatIsEncryptedIsReadWithoutSurprise(FuzzedDataProvider data) {
        Octets iv = Octets.zeros(16);
        Octets sealed = Octets.copyOf(data.consumeRemainingAsBytes());
        AkaMessage message = AkaMessage.of(
                AkaMessage.CHALLENGE,
                new AkaMessage.Attribute(AkaCodec.AT_IV, iv),
                new AkaMessage.Attribute(AkaCodec.AT_ENCR_DATA, sealed));
        try {
            AkaMessage inner = AkaCodec.decrypted(message, KEY);
            assertThat(inner.subtype()).isEqualTo(AkaMessage.CHALLENGE);
        } catch (WireException e) {
            assertThat(e).hasMessageMatching(".+");
        }
    }

    private static Octets answered(AkaPeer peer, ServerStep step, int identifier) {
        Octets request = ((ServerStep.Ask) step).typeData();
        return ((PeerStep.Answer) peer.handle(request, identifier)).typeData();
    }

    private static Octets typeData(FuzzedDataProvider data) {
        return Octets.copyOf(data.consumeBytes(data.consumeInt(0, 200)));
    }
}
