package org.homeport.eap.peap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

class PeapFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void whatIsReadKeepsItsMeaning(byte[] data) {
        check(Octets.copyOf(data));
    }

    /** The same without a fuzzer: damage done to a Result. */
    @Test
    void damagedResultsAreReadOrRefused() {
        Octets good = Octets.fromHex("0107000f 21 000c 0000 8003 0002 0001");
        RandomSource random = RandomSource.of(new Random(1));
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = good.slice(0, random.below(good.length() + 1)).toByteArray();
            if (bytes.length > 4) {
                bytes[3] = (byte) bytes.length;
                bytes[random.below(bytes.length)] = (byte) random.below(256);
            }
            check(Octets.wrap(bytes));
        }
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
