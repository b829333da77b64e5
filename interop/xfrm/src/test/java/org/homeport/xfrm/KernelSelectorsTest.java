package org.homeport.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.homeport.xfrm.Plans.HA;
import static org.homeport.xfrm.Plans.HOA;

import java.util.ArrayList;
import java.util.List;
import org.homeport.core.child.SaPlan;
import org.homeport.core.message.TrafficSelector;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelSelectorsTest {
    @Test
    void bindingAcknowledgementsGoOutByTypeAndNoMobilityHeaderComesInUnprotected() throws Exception {
        SaPlan plan = Plans.bindings();
        assertThat(KernelSelectors.inbound(plan)).containsExactly(XfrmSelector.hosts(HOA, HA, 135));
        assertThat(KernelSelectors.outbound(plan))
                .containsExactly(new XfrmSelector(
                        IpPrefix.host(HA), IpPrefix.host(HOA), 135, PortMatch.exactly(6), PortMatch.ANY));
    }

    @ParameterizedTest
    @CsvSource({
        // protocol, start and end port of the sender, then the kernel's source and destination port (-1: any)
        "135, 0x0000, 0xffff, -1, -1",
        "135, 0x0500, 0x05ff, 5, -1",
        "135, 0x0100, 0x0500, -1, -1",
        "135, 0xffff, 0x0000, -1, -1",
        "58, 0x9200, 0x9200, 146, 0",
        "58, 0x9200, 0x92ff, 146, -1",
        "58, 0x8000, 0x8100, -1, -1",
        "1, 0x0801, 0x0801, 8, 1",
        "17, 500, 500, 500, -1",
        "17, 500, 501, 500/fffe, -1",
        "17, 500, 502, -1, -1",
        "17, 1024, 2047, 1024/fc00, -1",
        "17, 0, 65535, -1, -1",
        "0, 0, 65535, -1, -1",
    })
    void portsAreWhatTheKernelCanSayOfThem(int protocol, String start, String end, String source, String destination)
            throws Exception {
        TrafficSelector sender = new TrafficSelector(protocol, Integer.decode(start), Integer.decode(end), HA, HA);
        TrafficSelector receiver = TrafficSelector.of(IpPrefix.host(HOA), protocol);
        assertThat(KernelSelectors.outbound(Plans.transport(List.of(sender), List.of(receiver))))
                .containsExactly(new XfrmSelector(
                        IpPrefix.host(HA), IpPrefix.host(HOA), protocol, port(source), port(destination)));
    }

    private static PortMatch port(String text) {
        String[] parts = text.split("/");
        int value = Integer.parseInt(parts[0]);
        return value < 0
                ? PortMatch.ANY
                : parts.length == 1 ? PortMatch.exactly(value) : new PortMatch(value, Integer.parseInt(parts[1], 16));
    }

    @Test
    void destinationPortIsTheReceivers() throws Exception {
        TrafficSelector client = TrafficSelector.of(IpPrefix.host(HOA), 6);
        TrafficSelector server = new TrafficSelector(6, 443, 443, HA, HA);
        SaPlan plan = Plans.transport(List.of(server), List.of(client));
        assertThat(KernelSelectors.inbound(plan).getFirst().destinationPort()).isEqualTo(PortMatch.exactly(443));
        assertThat(KernelSelectors.outbound(plan).getFirst().sourcePort()).isEqualTo(PortMatch.exactly(443));
    }

    @Test
    void everyLocalSelectorMeetsEveryRemoteOneOfItsFamilyAndProtocol() throws Exception {
        TrafficSelector v4 = TrafficSelector.of(IpPrefix.parse("0.0.0.0/0"));
        TrafficSelector v6 = TrafficSelector.of(IpPrefix.parse("::/0"));
        TrafficSelector udp = TrafficSelector.of(IpPrefix.parse("2001:db8::/32"), 17);
        TrafficSelector tcp = TrafficSelector.of(IpPrefix.host(HOA), 6);
        TrafficSelector home4 = TrafficSelector.of(IpPrefix.parse("10.100.0.9"));
        assertThat(KernelSelectors.outbound(Plans.transport(List.of(v4, v6, udp), List.of(tcp, home4))))
                .extracting(XfrmSelector::toString)
                .containsExactly("0.0.0.0/0 -> 10.100.0.9/32", "::/0 -> 2001:db8:100::1000/128 protocol 6");
    }

    @Test
    void rangeBecomesItsPrefixes() throws Exception {
        TrafficSelector range =
                new TrafficSelector(0, 0, 0xffff, IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.3"));
        TrafficSelector all = TrafficSelector.of(IpPrefix.parse("0.0.0.0/0"));
        assertThat(KernelSelectors.inbound(Plans.transport(List.of(all), List.of(range))))
                .extracting(s -> s.source().toString())
                .containsExactly("10.0.0.1/32", "10.0.0.2/31");
    }

    @Test
    void selectorsThatTakeHundredsOfPoliciesAreRefused() {
        TrafficSelector worst = new TrafficSelector(
                0, 0, 0xffff, IpAddress.parse("::1"), IpAddress.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe"));
        assertThatThrownBy(() -> KernelSelectors.inbound(Plans.transport(List.of(worst), List.of(worst))))
                .isInstanceOf(PlanRejectedException.class)
                .hasMessageContaining("more than 512 kernel policies");
        List<TrafficSelector> many = new ArrayList<>();
        for (int i = 0; i < 255; i++) {
            many.add(TrafficSelector.of(IpPrefix.parse("10.0." + i + ".0/24")));
        }
        assertThatThrownBy(() -> KernelSelectors.inbound(Plans.transport(many, many)))
                .isInstanceOf(PlanRejectedException.class);
    }

    @Test
    void selectorsThatNeverMeetAreRefused() {
        TrafficSelector v4 = TrafficSelector.of(IpPrefix.parse("0.0.0.0/0"));
        TrafficSelector v6 = TrafficSelector.of(IpPrefix.parse("::/0"));
        assertThatThrownBy(() -> KernelSelectors.inbound(Plans.transport(List.of(v4), List.of(v6))))
                .isInstanceOf(PlanRejectedException.class)
                .hasMessageContaining("No local selector of home");
    }
}
