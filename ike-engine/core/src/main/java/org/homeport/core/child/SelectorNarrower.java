package org.homeport.core.child;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.core.message.TrafficSelector;
import org.homeport.kit.IpAddress;

/**
 * Narrows the peer's traffic selectors to our policy (RFC 7296 section 2.9).
 *
 * <p>Ports are compared as the 16-bit numbers they are on the wire, which is right for ICMP types and codes and for
 * Mobility Header types as well (section 3.13.1: the type in the high octet).
 */
public final class SelectorNarrower {
    /** As many as a TS payload counts. */
    private static final int MAX_SELECTORS = 255;

    private SelectorNarrower() {}

    /**
     * What the two have in common. What the peer asked for first stays first, so its first choice is in the result if
     * the policy has any of it; a policy that covers the whole offer returns the offer itself.
     *
     * @param offered in the peer's order
     * @param allowed our policy; none allows nothing
     * @return at most 255 selectors, or none: answer TS_UNACCEPTABLE
     */
    public static List<TrafficSelector> narrow(List<TrafficSelector> offered, List<TrafficSelector> allowed) {
        List<TrafficSelector> narrowed = new ArrayList<>();
        for (TrafficSelector offer : offered) {
            for (TrafficSelector common : widest(offer, allowed)) {
                if (narrowed.size() < MAX_SELECTORS && !narrowed.contains(common)) {
                    narrowed.add(common);
                }
            }
        }
        return List.copyOf(narrowed);
    }

    /** The parts of one offer that the policy allows, those left out that others of them contain. */
    private static List<TrafficSelector> widest(TrafficSelector offer, List<TrafficSelector> allowed) {
        List<TrafficSelector> parts = new ArrayList<>();
        for (TrafficSelector policy : allowed) {
            intersection(offer, policy).ifPresent(part -> {
                if (parts.stream().noneMatch(other -> contains(other, part))) {
                    parts.removeIf(other -> contains(part, other));
                    parts.add(part);
                }
            });
        }
        return parts;
    }

    private static boolean contains(TrafficSelector outer, TrafficSelector inner) {
        return intersection(outer, inner).filter(inner::equals).isPresent();
    }

    private static Optional<TrafficSelector> intersection(TrafficSelector a, TrafficSelector b) {
        if (a.first().isV6() != b.first().isV6()) {
            return Optional.empty();
        }
        if (a.protocol() != b.protocol() && a.protocol() != 0 && b.protocol() != 0) {
            return Optional.empty();
        }
        int protocol = Math.max(a.protocol(), b.protocol());
        IpAddress first = a.first().compareTo(b.first()) >= 0 ? a.first() : b.first();
        IpAddress last = a.last().compareTo(b.last()) <= 0 ? a.last() : b.last();
        if (first.compareTo(last) > 0) {
            return Optional.empty();
        }
        // "ANY" includes "OPAQUE" (section 3.13.1); a range of real ports does not.
        if (a.isOpaque() || b.isOpaque()) {
            TrafficSelector opaque = a.isOpaque() ? a : b;
            TrafficSelector other = a.isOpaque() ? b : a;
            return other.anyPort() || other.isOpaque()
                    ? Optional.of(new TrafficSelector(protocol, opaque.startPort(), opaque.endPort(), first, last))
                    : Optional.empty();
        }
        int start = Math.max(a.startPort(), b.startPort());
        int end = Math.min(a.endPort(), b.endPort());
        return start <= end ? Optional.of(new TrafficSelector(protocol, start, end, first, last)) : Optional.empty();
    }
}
