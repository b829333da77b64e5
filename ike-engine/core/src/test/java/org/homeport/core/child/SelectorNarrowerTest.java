package org.homeport.core.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.homeport.core.message.TrafficSelector;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

class SelectorNarrowerTest {
    private static final int UDP = 17;
    private static final int TCP = 6;
    private static final int MOBILITY_HEADER = 135;

    @Test
    void whatThePolicyCoversComesBackAsItIs() {
        List<TrafficSelector> offered =
                List.of(one("198.51.100.43", UDP, 500, 500), prefix("198.51.100.0/24"), prefix("2001:db8::/64"));

        assertThat(narrow(offered, prefix("0.0.0.0/0"), prefix("::/0"))).isEqualTo(offered);
    }

    @Test
    void anOfferWiderThanThePolicyIsCutToIt() {
        assertThat(narrow(List.of(prefix("::/0")), prefix("2001:db8:1::/64"), one("2001:db8:2::5")))
                .containsExactly(prefix("2001:db8:1::/64"), one("2001:db8:2::5"));
    }

    @Test
    void rangesThatOverlapAreCutToTheirOverlap() {
        TrafficSelector offered = range("10.0.0.10", "10.0.0.20");
        TrafficSelector policy = range("10.0.0.15", "10.0.1.0");

        assertThat(narrow(List.of(offered), policy)).containsExactly(range("10.0.0.15", "10.0.0.20"));
        assertThat(narrow(List.of(offered), range("10.0.0.21", "10.0.0.30"))).isEmpty();
    }

    @Test
    void thePeersFirstChoiceStaysFirst() {
        TrafficSelector packet = one("198.51.100.43", UDP, 500, 500);
        List<TrafficSelector> offered = List.of(packet, prefix("198.51.100.0/24"));

        assertThat(narrow(offered, prefix("203.0.113.0/24"), one("198.51.100.43")))
                .containsExactly(packet, one("198.51.100.43"));
    }

    @Test
    void familiesDoNotMeet() {
        assertThat(narrow(List.of(prefix("0.0.0.0/0")), prefix("::/0"))).isEmpty();
        assertThat(narrow(List.of(prefix("0.0.0.0/0"), prefix("::/0")), one("2001:db8::1")))
                .containsExactly(one("2001:db8::1"));
    }

    @Test
    void anyProtocolMeetsOne() {
        TrafficSelector mobility = TrafficSelector.of(IpPrefix.parse("2001:db8::1/128"), MOBILITY_HEADER);

        assertThat(narrow(List.of(prefix("::/0")), mobility)).containsExactly(mobility);
        assertThat(narrow(List.of(mobility), prefix("::/0"))).containsExactly(mobility);
        assertThat(narrow(List.of(one("10.0.0.1", UDP, 0, 0xffff)), one("10.0.0.1", TCP, 0, 0xffff)))
                .isEmpty();
    }

    @Test
    void portsAreCutToTheirOverlap() {
        assertThat(narrow(List.of(one("10.0.0.1", UDP, 1000, 2000)), one("10.0.0.1", 0, 1500, 3000)))
                .containsExactly(one("10.0.0.1", UDP, 1500, 2000));
        assertThat(narrow(List.of(one("10.0.0.1", UDP, 1000, 1499)), one("10.0.0.1", UDP, 1500, 3000)))
                .isEmpty();
    }

    @Test
    void opaqueIsPartOfAnyAndOfNothingElse() {
        TrafficSelector opaque = one("10.0.0.1", UDP, 0xffff, 0);

        assertThat(narrow(List.of(opaque), prefix("10.0.0.0/8"))).containsExactly(opaque);
        assertThat(narrow(List.of(prefix("10.0.0.0/8")), opaque)).containsExactly(opaque);
        assertThat(narrow(List.of(opaque), opaque)).containsExactly(opaque);
        assertThat(narrow(List.of(opaque), one("10.0.0.1", UDP, 0, 0xfffe))).isEmpty();
    }

    /** RFC 4877 section 5.1 asks for Binding Updates (MH type 5) alone; the type is in the high octet. */
    @Test
    void mobilityHeaderTypesAreComparedAsPorts() {
        TrafficSelector bindingUpdate = one("2001:db8::1", MOBILITY_HEADER, 0x0500, 0x0500);

        assertThat(narrow(List.of(one("2001:db8::1", MOBILITY_HEADER, 0, 0xffff)), bindingUpdate))
                .containsExactly(bindingUpdate);
        assertThat(narrow(List.of(bindingUpdate), one("2001:db8::1", MOBILITY_HEADER, 0x0500, 0x05ff)))
                .containsExactly(bindingUpdate);
        assertThat(narrow(List.of(bindingUpdate), one("2001:db8::1", MOBILITY_HEADER, 0x0600, 0x0600)))
                .isEmpty();
    }

    @Test
    void repetitionsAndPartsOfPartsAreLeftOut() {
        List<TrafficSelector> offered = List.of(prefix("10.0.0.0/8"), prefix("10.0.0.0/8"));

        assertThat(narrow(offered, prefix("10.1.1.0/24"), prefix("10.1.0.0/16"), prefix("10.1.2.0/24")))
                .containsExactly(prefix("10.1.0.0/16"));
    }

    @Test
    void noPolicyAllowsNothing() {
        assertThat(narrow(List.of(prefix("::/0")))).isEmpty();
        assertThat(narrow(List.of(), prefix("::/0"))).isEmpty();
    }

    @Test
    void theResultFitsIntoAPayload() {
        List<TrafficSelector> policy = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            policy.add(prefix("10." + i / 200 + "." + i % 200 + ".0/25"));
        }

        assertThat(SelectorNarrower.narrow(List.of(prefix("0.0.0.0/0")), policy))
                .hasSize(255);
    }

    @Test
    void nothingBeyondOfferOrPolicyIsEverGranted() {
        Random random = new Random(29);
        for (int i = 0; i < 2_000; i++) {
            List<TrafficSelector> offered = List.of(arbitrary(random), arbitrary(random));
            List<TrafficSelector> allowed = List.of(arbitrary(random), arbitrary(random));

            for (TrafficSelector granted : SelectorNarrower.narrow(offered, allowed)) {
                assertThat(offered).anyMatch(o -> covers(o, granted));
                assertThat(allowed).anyMatch(a -> covers(a, granted));
            }
        }
    }

    /** Written apart from the code under test: every corner of the inner one lies in the outer one. */
    private static boolean covers(TrafficSelector outer, TrafficSelector inner) {
        return (outer.protocol() == 0 || outer.protocol() == inner.protocol())
                && outer.startPort() <= inner.startPort()
                && inner.endPort() <= outer.endPort()
                && outer.first().compareTo(inner.first()) <= 0
                && inner.last().compareTo(outer.last()) <= 0;
    }

    private static TrafficSelector arbitrary(Random random) {
        int low = random.nextInt(6);
        int lowPort = random.nextInt(6);
        return new TrafficSelector(
                random.nextInt(3),
                lowPort,
                lowPort + random.nextInt(6),
                new IpAddress(Octets.of(10, 0, 0, low)),
                new IpAddress(Octets.of(10, 0, 0, low + random.nextInt(6))));
    }

    private static List<TrafficSelector> narrow(List<TrafficSelector> offered, TrafficSelector... allowed) {
        return SelectorNarrower.narrow(offered, List.of(allowed));
    }

    private static TrafficSelector prefix(String prefix) {
        return TrafficSelector.of(IpPrefix.parse(prefix));
    }

    private static TrafficSelector range(String first, String last) {
        return new TrafficSelector(0, 0, 0xffff, IpAddress.parse(first), IpAddress.parse(last));
    }

    private static TrafficSelector one(String address) {
        return range(address, address);
    }

    private static TrafficSelector one(String address, int protocol, int startPort, int endPort) {
        return new TrafficSelector(protocol, startPort, endPort, IpAddress.parse(address), IpAddress.parse(address));
    }
}
