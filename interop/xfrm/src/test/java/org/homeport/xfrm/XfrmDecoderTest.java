package org.homeport.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.homeport.core.session.Event.SaExpired.Expiry;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.xfrm.PolicyKey.Direction;
import org.junit.jupiter.api.Test;

class XfrmDecoderTest {
    private static final SaCounters.Traffic NOTHING_YET = new SaCounters.Traffic(0, 0, 0, 0, Optional.empty());

    @Test
    void saOverIpv6IsRead() throws Exception {
        assertThat(XfrmDecoder.sa(Vectors.iproute2("kernel-sa-v6")))
                .isEqualTo(new SaStatus(
                        new SaId(IpAddress.parse("2001:db8:1::10"), 0xc0000001), 50, 1213202433, NOTHING_YET));
    }

    @Test
    void saOverIpv4IsRead() throws Exception {
        assertThat(XfrmDecoder.sa(Vectors.iproute2("kernel-sa-v4")))
                .isEqualTo(new SaStatus(new SaId(IpAddress.parse("198.51.100.7"), 0x01020304), 50, 7, NOTHING_YET));
    }

    @Test
    void countersAreReadWhereTheKernelKeepsThem() throws Exception {
        byte[] sa = Vectors.iproute2("kernel-sa-v6").toByteArray();
        sa[160] = 104;
        sa[168] = 2;
        sa[196] = 3;
        sa[200] = 4;
        Octets lastUsed = Octets.fromHex("0c000f00 8ce5036b00000000");
        SaCounters.Traffic traffic =
                XfrmDecoder.sa(Octets.wrap(sa).plus(lastUsed)).traffic();
        assertThat(traffic.octets()).isEqualTo(104);
        assertThat(traffic.packets()).isEqualTo(2);
        assertThat(traffic.replays()).isEqualTo(3);
        assertThat(traffic.integrityFailures()).isEqualTo(4);
        assertThat(traffic.lastUsed()).map(java.time.Instant::getEpochSecond).hasValue(0x6b03e58cL);
    }

    @Test
    void policyIsReadWithItsReqids() throws Exception {
        PolicyStatus policy = XfrmDecoder.policy(Vectors.iproute2("kernel-policy"));
        assertThat(policy)
                .isEqualTo(new PolicyStatus(
                        new XfrmSelector(
                                IpPrefix.parse("2001:db8:100::1000"),
                                IpPrefix.parse("::/0"),
                                135,
                                PortMatch.exactly(5),
                                PortMatch.ANY),
                        Direction.IN.code(),
                        8,
                        List.of(1213202433)));
    }

    @Test
    void expiriesAreSoftThenHard() throws Exception {
        IpAddress destination = IpAddress.parse("198.51.100.7");
        assertThat(XfrmDecoder.expiry(Vectors.iproute2("kernel-expire-soft")))
                .hasValue(new XfrmEvent.SaExpired(destination, 0x01020304, 7, Expiry.SOFT, SaCounters.Traffic.NONE));
        assertThat(XfrmDecoder.expiry(Vectors.iproute2("kernel-expire-hard")))
                .hasValue(new XfrmEvent.SaExpired(destination, 0x01020304, 7, Expiry.HARD, SaCounters.Traffic.NONE));
    }

    @Test
    void expirySaysWhatWentThroughTheSa() throws Exception {
        byte[] expiry = Vectors.iproute2("kernel-expire-hard").toByteArray();
        ByteBuffer view = ByteBuffer.wrap(expiry).order(ByteOrder.nativeOrder());
        view.putLong(160, 1L << 33).putLong(168, 4711);
        assertThat(XfrmDecoder.expiry(Octets.wrap(expiry)))
                .hasValueSatisfying(event -> assertThat(event.traffic())
                        .isEqualTo(new SaCounters.Traffic(1L << 33, 4711, 0, 0, Optional.empty())));
    }

    @Test
    void expiryOfAnythingButEspIsPassedOver() throws Exception {
        byte[] expiry = Vectors.iproute2("kernel-expire-hard").toByteArray();
        expiry[76] = 60;
        assertThat(XfrmDecoder.expiry(Octets.wrap(expiry))).isEmpty();
    }

    @Test
    void everyTruncationIsRefusedOrReadWithoutAnUncheckedException() {
        for (String name : List.of("kernel-sa-v6", "kernel-sa-v4", "kernel-policy", "kernel-expire-hard")) {
            Octets whole = Vectors.iproute2(name);
            for (int length = 0; length < whole.length(); length++) {
                Octets part = whole.slice(0, length);
                readWithoutUncheckedException(part);
            }
        }
        assertThatThrownBy(() -> XfrmDecoder.sa(Octets.zeros(223))).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> XfrmDecoder.policy(Octets.zeros(167))).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> XfrmDecoder.expiry(Octets.zeros(231))).isInstanceOf(WireException.class);
    }

    private static void readWithoutUncheckedException(Octets body) {
        try {
            XfrmDecoder.sa(body);
            XfrmDecoder.policy(body);
            XfrmDecoder.expiry(body);
        } catch (WireException e) {
            assertThat(e).hasMessageMatching(".+");
        }
    }
}
