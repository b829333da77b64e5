package org.homeport.eap.ttls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Random;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

class AvpFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void whatIsReadIsWrittenToTheSameMeaning(byte[] data) {
        check(Octets.copyOf(data));
    }

    @FuzzTest(maxDuration = "60s")
    void chapAttributesAreReadOrRefused(byte[] data) {
        Octets octets = Octets.copyOf(data);
        try {
            ChapAvpCodec.Response response = ChapAvpCodec.decodeResponse(octets);
            assertThat(ChapAvpCodec.decodeResponse(ChapAvpCodec.encode(response)))
                    .isEqualTo(response);
        } catch (WireException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
        try {
            ChapAvpCodec.Success success = ChapAvpCodec.decodeSuccess(octets);
            assertThat(ChapAvpCodec.decodeSuccess(ChapAvpCodec.encode(success))).isEqualTo(success);
        } catch (WireException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
        assertThat(ChapAvpCodec.unpadded(ChapAvpCodec.padded(ChapAvpCodec.unpadded(octets))))
                .isEqualTo(ChapAvpCodec.unpadded(octets));
    }

    /** The same without a fuzzer: every truncation and many a flip of a good sequence. */
    @Test
    void damagedSequencesAreReadOrRefused() {
        Octets good = AvpCodec.encode(List.of(
                Avp.mandatory(Avp.Kind.USER_NAME, Octets.utf8("mn1")),
                new Avp(9, 4711, Avp.Support.OPTIONAL, Octets.utf8("12345")),
                Avp.mandatory(Avp.Kind.USER_PASSWORD, Octets.zeros(16))));
        assertThat(good.length()).isEqualTo(12 + 20 + 24);
        for (int to = 0; to <= good.length(); to++) {
            check(good.slice(0, to));
        }
        RandomSource random = RandomSource.of(new Random(1));
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = good.toByteArray();
            bytes[random.below(bytes.length)] = (byte) random.below(256);
            check(Octets.wrap(bytes));
        }
    }

    private static void check(Octets octets) {
        List<Avp> avps;
        try {
            avps = AvpCodec.decode(octets);
        } catch (WireException e) {
            assertThat(e).hasMessageMatching("(?s).+");
            return;
        }
        try {
            assertThat(AvpCodec.decode(AvpCodec.encode(avps))).isEqualTo(avps);
        } catch (WireException e) {
            throw new AssertionError("what was written cannot be read", e);
        }
    }
}
