package org.homeport.aaa.radius;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

class RadiusFuzzTest {
    private static final Octets AUTHENTICATOR = Octets.zeros(16);
    private static final Secret SECRET = Secret.utf8("secret");

    @FuzzTest(maxDuration = "60s")
    void packetsAreReadOrRefused(byte[] data) {
        RadiusPacket packet;
        try {
            packet = RadiusCodec.decode(Octets.copyOf(data));
        } catch (WireException refused) {
            return;
        }
        assertThat(RadiusCodec.encode(packet)).isEqualTo(Octets.copyOf(data, 0, data.length >= 4 ? length(data) : 0));
        RadiusAuthenticators.isMessageAuthentic(packet, AUTHENTICATOR, SECRET);
        for (RadiusAttribute attribute : packet.attributes()) {
            tried(attribute::text);
            tried(attribute::integer);
            tried(attribute::integer64);
            tried(attribute::address);
            tried(attribute::ipv6Prefix);
            tried(attribute::homeLinkPrefix);
        }
        tried(() -> MppeKeys.of(packet, AUTHENTICATOR, SECRET));
    }

    private interface Reading {
        Object read() throws WireException;
    }

    private static void tried(Reading reading) {
        try {
            assertThat(reading.read()).isNotNull();
        } catch (WireException refused) {
            assertThat(refused).hasMessageContaining(" ");
        }
    }

    private static int length(byte[] data) {
        return (data[2] & 0xff) << 8 | data[3] & 0xff;
    }
}
