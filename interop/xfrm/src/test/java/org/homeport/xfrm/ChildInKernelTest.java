package org.homeport.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.homeport.xfrm.Plans.COA;
import static org.homeport.xfrm.Plans.HA;
import static org.homeport.xfrm.Plans.HOA;
import static org.homeport.xfrm.Plans.REQID;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.core.child.EspSuite;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SaPlan;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.EsnId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.xfrm.PolicyKey.Direction;
import org.junit.jupiter.api.Test;

class ChildInKernelTest {
    @Test
    void tunnelTakesPoliciesInForwardAndOut() throws Exception {
        ChildInKernel child = ChildInKernel.of(Plans.tunnel(REQID, 1000, 2000), XfrmSettings.DEFAULT);
        assertThat(child.inbound().id()).isEqualTo(new SaId(HA, 1000));
        assertThat(child.outbound().id()).isEqualTo(new SaId(COA, 2000));
        assertThat(child.inbound().selector()).isEmpty();
        assertThat(child.inbound().replayWindow()).isEqualTo(128);
        assertThat(child.outbound().replayWindow()).isZero();
        assertThat(child.policies())
                .extracting(p -> p.key().direction(), PolicySpec::outerSource, PolicySpec::outerDestination)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Direction.IN, COA, HA),
                        org.assertj.core.groups.Tuple.tuple(Direction.FORWARD, COA, HA),
                        org.assertj.core.groups.Tuple.tuple(Direction.OUT, HA, COA));
    }

    @Test
    void transportTakesPoliciesInAndOutAndItsSelectorOnTheSas() throws Exception {
        ChildInKernel child = ChildInKernel.of(Plans.bindings(), XfrmSettings.DEFAULT);
        assertThat(child.policies()).extracting(p -> p.key().direction()).containsExactly(Direction.IN, Direction.OUT);
        assertThat(child.inbound().selector()).hasValue(XfrmSelector.hosts(HOA, HA, 135));
        assertThat(child.outbound().selector()).map(XfrmSelector::sourcePort).hasValue(PortMatch.exactly(6));
    }

    @Test
    void transportOfSeveralSelectorsIsHeldToItsTwoHosts() throws Exception {
        SaPlan plan = Plans.transport(
                List.of(
                        new TrafficSelector(58, 0x9100, 0x91ff, HA, HA),
                        new TrafficSelector(58, 0x9300, 0x93ff, HA, HA)),
                List.of(
                        new TrafficSelector(58, 0x9000, 0x90ff, HOA, HOA),
                        new TrafficSelector(58, 0x9200, 0x92ff, HOA, HOA)));
        ChildInKernel child = ChildInKernel.of(plan, XfrmSettings.DEFAULT);
        assertThat(child.inbound().selector()).hasValue(XfrmSelector.hosts(HOA, HA, 58));
        assertThat(child.policies()).hasSize(4);
    }

    @Test
    void policiesOfASharedReqidAreSomebodyElses() throws Exception {
        XfrmSettings besideMip6d = new XfrmSettings(ReqidRange.DEFAULT, Set.of(REQID), 128);
        assertThat(ChildInKernel.of(Plans.bindings(), besideMip6d).policies()).isEmpty();
    }

    @Test
    void udpPortsAreThoseOfEachDirectionsPackets() throws Exception {
        SaPlan plan = Plans.tunnel(REQID, 1000, 2000);
        SaPlan behindNat = new SaPlan(
                plan.name(),
                plan.reqid(),
                plan.mode(),
                plan.suite(),
                plan.inbound(),
                plan.outbound(),
                plan.local(),
                plan.remote(),
                plan.localSelectors(),
                plan.remoteSelectors(),
                Optional.of(new SaPlan.UdpEncapsulation(4500, 61000)),
                plan.hardLifetime());
        ChildInKernel child = ChildInKernel.of(behindNat, XfrmSettings.DEFAULT);
        assertThat(child.inbound().encapsulation()).hasValue(new SaSpec.UdpPorts(61000, 4500));
        assertThat(child.outbound().encapsulation()).hasValue(new SaSpec.UdpPorts(4500, 61000));
    }

    @Test
    void narrowerSelectorsAreAskedEarlier() {
        XfrmSelector all = XfrmSelector.everything(HA);
        XfrmSelector home = new XfrmSelector(all.source(), IpPrefix.host(HOA), 0, PortMatch.ANY, PortMatch.ANY);
        XfrmSelector hosts = XfrmSelector.hosts(HA, HOA, 0);
        XfrmSelector mobility = XfrmSelector.hosts(HA, HOA, 135);
        XfrmSelector bindingAck =
                new XfrmSelector(IpPrefix.host(HA), IpPrefix.host(HOA), 135, PortMatch.exactly(6), PortMatch.ANY);
        XfrmSelector wideButTyped = new XfrmSelector(
                IpPrefix.parse("2001:db8::/127"), IpPrefix.host(HOA), 58, PortMatch.exactly(1), PortMatch.exactly(0));
        assertThat(List.of(all, home, wideButTyped, hosts, mobility, bindingAck))
                .extracting(ChildInKernel::priority)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder())
                .doesNotHaveDuplicates();
    }

    @Test
    void suiteThatTheKernelHasNotIsRefusedByName() {
        EspSuite exotic = new EspSuite(new EncryptionId(23), 256, Optional.of(IntegrityId.HMAC_SHA1_96), EsnId.NO_ESN);
        assertThatThrownBy(() -> ChildInKernel.of(with(exotic, COA), XfrmSettings.DEFAULT))
                .isInstanceOf(PlanRejectedException.class)
                .hasMessageContaining("EncryptionId(23)-256/HMAC_SHA1_96");
    }

    @Test
    void encryptionWithoutIntegrityIsRefused() {
        EspSuite bare = new EspSuite(EncryptionId.AES_CBC, 128, Optional.empty(), EsnId.NO_ESN);
        assertThatThrownBy(() -> ChildInKernel.of(with(bare, COA), XfrmSettings.DEFAULT))
                .isInstanceOf(PlanRejectedException.class);
    }

    @Test
    void endsOfTwoFamiliesAreRefused() {
        assertThatThrownBy(() -> ChildInKernel.of(with(Plans.GCM, IpAddress.parse("192.0.2.1")), XfrmSettings.DEFAULT))
                .isInstanceOf(PlanRejectedException.class)
                .hasMessageContaining("two families");
    }

    private static SaPlan with(EspSuite suite, IpAddress remote) {
        TrafficSelector all = TrafficSelector.of(IpPrefix.parse("::/0"));
        return Plans.plan(REQID, SaMode.TUNNEL, suite, 1000, 2000, remote, List.of(all), List.of(all));
    }
}
