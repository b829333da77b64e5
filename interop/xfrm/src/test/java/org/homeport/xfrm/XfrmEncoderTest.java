package org.homeport.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.xfrm.SaSpec.SequenceNumbers.BITS_32;
import static org.homeport.xfrm.SaSpec.SequenceNumbers.BITS_64;

import java.time.Duration;
import java.util.Optional;
import org.homeport.core.child.EspKeys;
import org.homeport.core.child.SaMode;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.xfrm.PolicyKey.Direction;
import org.homeport.xfrm.netlink.StructWriter;
import org.junit.jupiter.api.Test;

/** Octet for octet what iproute2 sends for the same. */
class XfrmEncoderTest {
    private static final IpAddress HA = IpAddress.parse("2001:db8:2::1");
    private static final IpAddress COA = IpAddress.parse("2001:db8:1::10");
    private static final IpAddress HOA = IpAddress.parse("2001:db8:100::1000");
    private static final IpAddress V4 = IpAddress.parse("192.0.2.1");
    private static final IpAddress V4_PEER = IpAddress.parse("198.51.100.7");
    private static final String AES_128 = "00112233445566778899aabbccddeeff";

    @Test
    void tunnelWithGcmAndExtendedSequenceNumbers() {
        assertThat(octets(XfrmEncoder.newSa(gcm(128)))).isEqualTo(Vectors.iproute2("sa-tunnel-gcm-esn"));
    }

    @Test
    void outboundWithExtendedSequenceNumbersGetsTheSmallestWindow() {
        assertThat(octets(XfrmEncoder.newSa(gcm(0)))).isEqualTo(Vectors.iproute2("sa-tunnel-gcm-esn-outbound"));
    }

    private static SaSpec gcm(int window) {
        return new SaSpec(
                new SaId(COA, 0xc0000001),
                HA,
                1213202433,
                SaMode.TUNNEL,
                Optional.empty(),
                new KernelAlgorithm.Aead("rfc4106(gcm(aes))", 128),
                keys(0xc0000001, AES_128 + "01020304", ""),
                Optional.empty(),
                BITS_64,
                window,
                Duration.ofHours(1));
    }

    @Test
    void transportForABindingUpdateCarriesItsSelectorAndTheTruncatedMac() {
        XfrmSelector bindingUpdate =
                new XfrmSelector(IpPrefix.host(HOA), IpPrefix.host(HA), 135, PortMatch.exactly(5), PortMatch.ANY);
        SaSpec sa = new SaSpec(
                new SaId(HA, 0xc1a2b3c4),
                HOA,
                1213202434,
                SaMode.TRANSPORT,
                Optional.of(bindingUpdate),
                new KernelAlgorithm.Pair("cbc(aes)", "hmac(sha256)", 128),
                keys(0xc1a2b3c4, AES_128, counting(32)),
                Optional.empty(),
                BITS_32,
                128,
                Duration.ofDays(1));
        assertThat(octets(XfrmEncoder.newSa(sa))).isEqualTo(Vectors.iproute2("sa-transport-cbc-sha256-binding-update"));
    }

    @Test
    void tunnelInUdpCarriesPortsAsItsPacketsDo() {
        SaSpec sa = new SaSpec(
                new SaId(V4_PEER, 0x01020304),
                V4,
                1213202435,
                SaMode.TUNNEL,
                Optional.empty(),
                new KernelAlgorithm.Aead("rfc7539esp(chacha20,poly1305)", 128),
                keys(0x01020304, counting(36), ""),
                Optional.of(new SaSpec.UdpPorts(4500, 50123)),
                BITS_32,
                0,
                Duration.ofHours(1));
        assertThat(octets(XfrmEncoder.newSa(sa))).isEqualTo(Vectors.iproute2("sa-tunnel-v4-chacha-in-udp"));
    }

    @Test
    void lifetimeBelowASecondIsASecondAndNotForEver() {
        SaSpec sa = new SaSpec(
                new SaId(V4_PEER, 0xfffffffe),
                V4,
                1,
                SaMode.TRANSPORT,
                Optional.of(new XfrmSelector(
                        IpPrefix.host(V4), IpPrefix.host(V4_PEER), 6, PortMatch.exactly(1234), PortMatch.exactly(80))),
                new KernelAlgorithm.Pair("cbc(aes)", "hmac(sha512)", 256),
                keys(0xfffffffe, AES_128 + AES_128, counting(64)),
                Optional.empty(),
                BITS_32,
                0,
                Duration.ofMillis(10));
        assertThat(octets(XfrmEncoder.newSa(sa))).isEqualTo(Vectors.iproute2("sa-transport-v4-cbc-sha512"));
    }

    /** A child that is never rekeyed may not end after a second. */
    @Test
    void noLifetimeIsForEver() {
        SaSpec sa = new SaSpec(
                new SaId(V4_PEER, 0xc0000001),
                V4,
                1,
                SaMode.TUNNEL,
                Optional.empty(),
                new KernelAlgorithm.Aead("rfc4106(gcm(aes))", 128),
                keys(0xc0000001, counting(20), ""),
                Optional.empty(),
                BITS_32,
                0,
                Duration.ZERO);
        int hardAddExpiresSeconds = XfrmNumbers.SELECTOR + 24 + 16 + 5 * 8;
        assertThat(octets(XfrmEncoder.newSa(sa)).slice(hardAddExpiresSeconds, hardAddExpiresSeconds + 8))
                .isEqualTo(Octets.zeros(8));
        assertThat(octets(XfrmEncoder.newSa(new SaSpec(
                                sa.id(),
                                sa.source(),
                                sa.reqid(),
                                sa.mode(),
                                sa.selector(),
                                sa.algorithm(),
                                sa.keys(),
                                sa.encapsulation(),
                                sa.sequenceNumbers(),
                                sa.replayWindow(),
                                Duration.ofSeconds(7))))
                        .at(hardAddExpiresSeconds))
                .isEqualTo(7);
    }

    @Test
    void saIsNamedByDestinationSpiAndProtocol() {
        int withoutIproutesSourceAddress = 24;
        assertThat(octets(XfrmEncoder.saId(new SaId(COA, 0xc0000001))))
                .isEqualTo(Vectors.iproute2("sa-delete").slice(0, withoutIproutesSourceAddress));
    }

    @Test
    void tunnelPolicyInbound() {
        XfrmSelector selector = any(IpPrefix.host(HOA), "::/0");
        assertThat(octets(XfrmEncoder.policy(new PolicySpec(
                        new PolicyKey(Direction.IN, selector), 99488, 1213202433, SaMode.TUNNEL, COA, HA))))
                .isEqualTo(Vectors.iproute2("policy-tunnel-in"));
    }

    @Test
    void tunnelPolicyOfAnotherFamilyThanItsTunnel() {
        XfrmSelector selector = any(IpPrefix.parse("10.100.0.9"), "0.0.0.0/0");
        assertThat(octets(XfrmEncoder.policy(new PolicySpec(
                        new PolicyKey(Direction.FORWARD, selector), 99872, 1213202433, SaMode.TUNNEL, COA, HA))))
                .isEqualTo(Vectors.iproute2("policy-tunnel-fwd-v4-over-v6"));
    }

    @Test
    void transportPolicyNamesNoAddressesInItsTemplate() {
        assertThat(octets(
                        XfrmEncoder.policy(new PolicySpec(bindingAck(), 98974, 1213202434, SaMode.TRANSPORT, HA, HOA))))
                .isEqualTo(Vectors.iproute2("policy-transport-out-binding-ack"));
    }

    @Test
    void icmpTypeAndCodeAreSourceAndDestinationPort() {
        XfrmSelector advertisement = new XfrmSelector(
                IpPrefix.parse("2001:db8:2::/64"),
                IpPrefix.host(HOA),
                58,
                PortMatch.exactly(147),
                PortMatch.exactly(0));
        assertThat(octets(XfrmEncoder.policy(new PolicySpec(
                        new PolicyKey(Direction.OUT, advertisement), 99229, 1213202434, SaMode.TUNNEL, HA, COA))))
                .isEqualTo(Vectors.iproute2("policy-update-out-icmpv6"));
    }

    @Test
    void policyIsNamedBySelectorAndDirection() {
        assertThat(octets(XfrmEncoder.policyId(bindingAck()))).isEqualTo(Vectors.iproute2("policy-delete"));
    }

    /** struct xfrm_user_migrate after the policy's id; iproute2 has no command for it. */
    @Test
    void migrationNamesTheOldEndsAndTheNew() {
        PolicyKey key = new PolicyKey(Direction.IN, any(IpPrefix.host(HOA), "::/0"));
        PolicySpec old = new PolicySpec(key, 99488, 0x01020304, SaMode.TUNNEL, COA, HA);
        IpAddress newCoa = IpAddress.parse("2001:db8:3::10");
        Octets message = octets(XfrmEncoder.migrate(old, old.moved(newCoa, HA)));
        assertThat(message.slice(0, 64)).isEqualTo(octets(XfrmEncoder.policyId(key)));
        assertThat(message.from(64))
                .isEqualTo(Octets.concat(
                        Octets.fromHex("50001100"),
                        HA.octets(),
                        COA.octets(),
                        HA.octets(),
                        newCoa.octets(),
                        Octets.fromHex("32 01 0000 04030201 0a00 0a00")));
    }

    private static PolicyKey bindingAck() {
        return new PolicyKey(
                Direction.OUT,
                new XfrmSelector(IpPrefix.host(HA), IpPrefix.host(HOA), 135, PortMatch.exactly(6), PortMatch.ANY));
    }

    private static XfrmSelector any(IpPrefix source, String destination) {
        return new XfrmSelector(source, IpPrefix.parse(destination), 0, PortMatch.ANY, PortMatch.ANY);
    }

    private static EspKeys keys(int spi, String encryption, String integrity) {
        return new EspKeys(spi, Secret.copyOf(Octets.fromHex(encryption)), Secret.copyOf(Octets.fromHex(integrity)));
    }

    private static String counting(int octets) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < octets; i++) {
            hex.append(String.format("%02x", i));
        }
        return hex.toString();
    }

    private static Octets octets(StructWriter message) {
        try (message) {
            return message.toOctets();
        }
    }
}
