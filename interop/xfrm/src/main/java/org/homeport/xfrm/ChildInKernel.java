package org.homeport.xfrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SaPlan;
import org.homeport.core.registry.EsnId;
import org.homeport.kit.IpAddress;
import org.homeport.xfrm.PolicyKey.Direction;

/**
 * What one CHILD_SA comes to in the kernel.
 *
 * @param policies empty where somebody else owns them
 */
record ChildInKernel(SaSpec inbound, SaSpec outbound, List<PolicySpec> policies) {
    /** Behind a hand-set policy (iproute2's default 0) and mip6d's (2 to 10), so that those can make exceptions. */
    private static final int PRIORITY_OF_EVERYTHING = 100_000;

    ChildInKernel {
        policies = List.copyOf(policies);
    }

    static ChildInKernel of(SaPlan plan, XfrmSettings settings) throws PlanRejectedException {
        KernelAlgorithm algorithm = KernelAlgorithm.of(plan.suite())
                .orElseThrow(() -> new PlanRejectedException(
                        "The kernel's ESP has no " + plan.suite() + ", which was agreed for " + plan.name()));
        if (plan.local().isV6() != plan.remote().isV6()) {
            throw new PlanRejectedException(
                    plan.name() + " has ends of two families: " + plan.local() + " and " + plan.remote());
        }
        SequencedSet<XfrmSelector> in = KernelSelectors.inbound(plan);
        SequencedSet<XfrmSelector> out = KernelSelectors.outbound(plan);
        return new ChildInKernel(
                new SaSpec(
                        new SaId(plan.local(), plan.inbound().spi()),
                        plan.remote(),
                        plan.reqid(),
                        plan.mode(),
                        saSelector(plan, in, plan.remote(), plan.local()),
                        algorithm,
                        plan.inbound(),
                        plan.encapsulation().map(e -> new SaSpec.UdpPorts(e.remotePort(), e.localPort())),
                        sequenceNumbers(plan),
                        settings.replayWindow(),
                        plan.hardLifetime()),
                new SaSpec(
                        new SaId(plan.remote(), plan.outbound().spi()),
                        plan.local(),
                        plan.reqid(),
                        plan.mode(),
                        saSelector(plan, out, plan.local(), plan.remote()),
                        algorithm,
                        plan.outbound(),
                        plan.encapsulation().map(e -> new SaSpec.UdpPorts(e.localPort(), e.remotePort())),
                        sequenceNumbers(plan),
                        0,
                        plan.hardLifetime()),
                settings.ownsPolicy(plan.reqid()) ? policies(plan, in, out) : List.of());
    }

    private static SaSpec.SequenceNumbers sequenceNumbers(SaPlan plan) {
        return plan.suite().esn().equals(EsnId.ESN) ? SaSpec.SequenceNumbers.BITS_64 : SaSpec.SequenceNumbers.BITS_32;
    }

    /**
     * A transport SA carries its own selector, or nodes that share a reqid (a policy for a whole home prefix, RFC 4877
     * section 7.2.1) could speak for each other's addresses: the one that was agreed, or if those are several, its
     * two hosts.
     */
    private static Optional<XfrmSelector> saSelector(
            SaPlan plan, SequencedSet<XfrmSelector> agreed, IpAddress source, IpAddress destination) {
        return switch (plan.mode()) {
            case TUNNEL -> Optional.empty();
            case TRANSPORT ->
                Optional.of(
                        agreed.size() == 1
                                ? agreed.getFirst()
                                : XfrmSelector.hosts(source, destination, commonProtocol(agreed)));
        };
    }

    private static int commonProtocol(SequencedSet<XfrmSelector> selectors) {
        int first = selectors.getFirst().protocol();
        return selectors.stream().allMatch(s -> s.protocol() == first) ? first : 0;
    }

    private static List<PolicySpec> policies(
            SaPlan plan, SequencedSet<XfrmSelector> in, SequencedSet<XfrmSelector> out) {
        List<PolicySpec> policies = new ArrayList<>();
        for (XfrmSelector selector : in) {
            policies.add(policy(plan, Direction.IN, selector, plan.remote(), plan.local()));
            if (plan.mode() == SaMode.TUNNEL) {
                policies.add(policy(plan, Direction.FORWARD, selector, plan.remote(), plan.local()));
            }
        }
        for (XfrmSelector selector : out) {
            policies.add(policy(plan, Direction.OUT, selector, plan.local(), plan.remote()));
        }
        return policies;
    }

    private static PolicySpec policy(
            SaPlan plan, Direction direction, XfrmSelector selector, IpAddress source, IpAddress destination) {
        return new PolicySpec(
                new PolicyKey(direction, selector), priority(selector), plan.reqid(), plan.mode(), source, destination);
    }

    /** The narrower the selector, the earlier it is asked: addresses first, then protocol, then ports. */
    static int priority(XfrmSelector selector) {
        int addresses = selector.source().length() + selector.destination().length();
        int protocol = selector.protocol() == 0 ? 0 : 1;
        int ports = (selector.sourcePort().isAny() ? 0 : 1)
                + (selector.destinationPort().isAny() ? 0 : 1);
        return PRIORITY_OF_EVERYTHING - 4 * addresses - protocol - ports;
    }
}
