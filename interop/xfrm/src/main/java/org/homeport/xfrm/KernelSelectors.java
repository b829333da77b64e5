package org.homeport.xfrm;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.homeport.core.child.SaPlan;
import org.homeport.core.message.TrafficSelector;
import org.homeport.kit.IpPrefix;

/**
 * IKE's selectors (RFC 7296 section 3.13.1) in the kernel's terms: every local one with every remote one, as prefixes.
 *
 * <p>The kernel matches a port, or a type, exactly or under a mask. A range that is no such block, and OPAQUE, become
 * "any": more traffic is then protected, never less.
 */
final class KernelSelectors {
    /** Beyond it a peer's selectors would only wear the kernel out. */
    static final int LIMIT = 512;

    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int MOBILITY_HEADER = 135;

    private KernelSelectors() {}

    /** What we send: at least one selector. */
    static SequencedSet<XfrmSelector> outbound(SaPlan plan) throws PlanRejectedException {
        return product(plan, plan.localSelectors(), plan.remoteSelectors());
    }

    /**
     * What the peer sends: at least one selector.
     *
     * <p>Of the Mobility Header without its type. The kernel does not find the type in every packet it receives, and
     * where it does not, a policy for Binding Updates lets an unprotected one slip past: all of the Mobility Header
     * must come protected.
     */
    static SequencedSet<XfrmSelector> inbound(SaPlan plan) throws PlanRejectedException {
        SequencedSet<XfrmSelector> typeless = new LinkedHashSet<>();
        for (XfrmSelector selector : product(plan, plan.remoteSelectors(), plan.localSelectors())) {
            typeless.add(selector.protocol() == MOBILITY_HEADER ? selector.anyPort() : selector);
        }
        return typeless;
    }

    private static SequencedSet<XfrmSelector> product(
            SaPlan plan, List<TrafficSelector> sources, List<TrafficSelector> destinations)
            throws PlanRejectedException {
        SequencedSet<XfrmSelector> all = new LinkedHashSet<>();
        for (TrafficSelector source : sources) {
            for (TrafficSelector destination : destinations) {
                if (meet(source, destination)) {
                    addPair(all, source, destination);
                }
                if (all.size() > LIMIT) {
                    throw new PlanRejectedException("The selectors of " + plan.name() + " take more than " + LIMIT
                            + " kernel policies: " + plan.localSelectors() + " with " + plan.remoteSelectors());
                }
            }
        }
        if (all.isEmpty()) {
            throw new PlanRejectedException("No local selector of " + plan.name() + " goes with a remote one: "
                    + plan.localSelectors() + " with " + plan.remoteSelectors());
        }
        return all;
    }

    private static boolean meet(TrafficSelector source, TrafficSelector destination) {
        return source.first().isV6() == destination.first().isV6()
                && (source.protocol() == destination.protocol()
                        || source.protocol() == 0
                        || destination.protocol() == 0);
    }

    private static void addPair(SequencedSet<XfrmSelector> all, TrafficSelector source, TrafficSelector destination) {
        int protocol = source.protocol() == 0 ? destination.protocol() : source.protocol();
        Ports ports = ports(protocol, source, destination);
        List<IpPrefix> from = PrefixSplit.of(source.first(), source.last());
        List<IpPrefix> to = PrefixSplit.of(destination.first(), destination.last());
        for (IpPrefix sourcePrefix : from) {
            for (IpPrefix destinationPrefix : to) {
                all.add(new XfrmSelector(
                        sourcePrefix, destinationPrefix, protocol, ports.source(), ports.destination()));
                if (all.size() > LIMIT) {
                    return;
                }
            }
        }
    }

    private record Ports(PortMatch source, PortMatch destination) {
        static final Ports ANY = new Ports(PortMatch.ANY, PortMatch.ANY);
    }

    private static Ports ports(int protocol, TrafficSelector source, TrafficSelector destination) {
        return switch (protocol) {
            case 0 -> Ports.ANY;
            case MOBILITY_HEADER -> new Ports(typeOf(source), PortMatch.ANY);
            case ICMP, ICMPV6 -> new Ports(typeOf(source), codeOf(source));
            default -> new Ports(port(source), port(destination));
        };
    }

    private static PortMatch port(TrafficSelector selector) {
        return PortMatch.range(selector.startPort(), selector.endPort()).orElse(PortMatch.ANY);
    }

    /** The sender's side tells what the message is: RFC 4877 section 5 pairs HoA/BU with HA/BA. */
    private static PortMatch typeOf(TrafficSelector sender) {
        return singleType(sender).map(PortMatch::exactly).orElse(PortMatch.ANY);
    }

    private static PortMatch codeOf(TrafficSelector sender) {
        return singleType(sender).isPresent() && sender.startPort() == sender.endPort()
                ? PortMatch.exactly(sender.startPort() & 0xff)
                : PortMatch.ANY;
    }

    private static Optional<Integer> singleType(TrafficSelector selector) {
        int type = selector.startPort() >> 8;
        return selector.endPort() >> 8 == type ? Optional.of(type) : Optional.empty();
    }
}
