package org.homeport.eap.peap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.homeport.eap.Methods;
import org.homeport.eap.tunnel.InnerPeer;
import org.homeport.eap.tunnel.InnerPeer.Opinion;
import org.homeport.eap.tunnel.InnerServer;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

class PeapFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void whatIsReadKeepsItsMeaning(byte[] data) {
        check(Octets.copyOf(data));
    }

    @FuzzTest(maxDuration = "60s")
    void bindingsAreReadOrRefused(byte[] data) {
        Octets value = Octets.copyOf(data);
        try {
            CryptoBinding binding = CryptoBindingCodec.decode(CryptoBindingCodec.TYPE, value);
            assertThat(binding.tlv().from(4)).isEqualTo(value);
            assertThat(binding.withMac(binding.mac())).isEqualTo(binding);
        } catch (WireException e) {
            assertThat(e).hasMessageContaining("Cryptobinding TLV");
        }
    }

    @FuzzTest(maxDuration = "60s")
    void serverIsNotTalkedRound(FuzzedDataProvider data) {
        PeapTalk talk = talk(data.pickValue(BindingPolicy.values()));
        if (data.consumeBoolean()) {
            talk.server.silence(1);
        }
        while (data.remainingBytes() > 0) {
            InnerServer.Step step = data.consumeInt(0, 9) == 0 ? talk.server.silence(2) : talk.hear(said(data, 2), 2);
            assertThat(step).isNotInstanceOf(InnerServer.Step.Done.class);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void peerIsNotTalkedRound(FuzzedDataProvider data) {
        PeapTalk talk = talk(data.pickValue(BindingPolicy.values()));
        while (data.remainingBytes() > 0) {
            notContent(talk.peer.take(said(data, 1), data.consumeInt(0, 255)));
        }
    }

    /** The same without a fuzzer: damage done to a Result. */
    @Test
    void damagedResultsAreReadOrRefused() {
        Octets good = Octets.fromHex("0107004b 21 000c 0000 8003 0002 0001 000c 0038 00000000")
                .plus(Octets.zeros(52));
        RandomSource random = RandomSource.of(new Random(1));
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = good.slice(0, i < 2000 ? random.below(good.length() + 1) : good.length())
                    .toByteArray();
            if (bytes.length > 4) {
                bytes[3] = (byte) bytes.length;
                bytes[random.below(bytes.length)] = (byte) random.below(256);
            }
            check(Octets.wrap(bytes));
        }
    }

    /** The same without a fuzzer: noise, bare and in Extensions. */
    @Test
    void noiseIsNothing() {
        Random random = new Random(2);
        for (int i = 0; i < 2000; i++) {
            PeapTalk talk = talk(BindingPolicy.OPTIONAL);
            talk.server.silence(1);
            for (int id = 2; id < 5; id++) {
                byte[] noise = new byte[1 + random.nextInt(70)];
                random.nextBytes(noise);
                boolean whole = random.nextBoolean();
                Octets bare = whole
                        ? Octets.wrap(noise)
                        : Octets.of(random.nextInt(34)).plus(Octets.wrap(noise));
                assertThat(talk.hear(whole ? extensions(2, bare) : bare, id))
                        .isNotInstanceOf(InnerServer.Step.Done.class);
                notContent(talk.peer.take(whole ? extensions(1, bare) : bare, id));
            }
        }
    }

    private static PeapTalk talk(BindingPolicy policy) {
        return new PeapTalk(policy, Methods.mschapV2(), Methods.mschapV2Peer("secret"));
    }

    private static void notContent(InnerPeer.Step step) {
        if (step instanceof InnerPeer.Step.Say say) {
            assertThat(say.opinion()).isInstanceOfAny(Opinion.Undecided.class, Opinion.Lost.class);
        }
    }

    private static Octets said(FuzzedDataProvider data, int code) {
        Octets body = Octets.wrap(data.consumeBytes(data.consumeInt(1, 200)));
        return data.consumeBoolean() ? body : extensions(code, body);
    }

    private static Octets extensions(int code, Octets tlvs) {
        return Octets.of(code, 7, 0, 5 + tlvs.length(), 33).plus(tlvs);
    }

    private static void check(Octets octets) {
        for (PeapCodec.Code code : PeapCodec.Code.values()) {
            try {
                switch (PeapCodec.decode(octets, code, 5)) {
                    case PeapPacket.Eap(Octets packet) -> {
                        Octets body = PeapCodec.withoutHeader(packet);
                        assertThat(octets.slice(octets.length() - body.length(), octets.length()))
                                .isEqualTo(body);
                    }
                    case PeapPacket.Result result ->
                        assertThat(PeapCodec.decode(PeapCodec.encode(result, code), code, 5))
                                .isEqualTo(result);
                }
            } catch (WireException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
    }
}
