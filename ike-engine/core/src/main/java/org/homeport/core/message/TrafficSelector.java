package org.homeport.core.message;

import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;

/**
 * A traffic selector (RFC 7296 section 3.13.1): protocol, ports, addresses, each range inclusive.
 *
 * <p>Start port 65535 with end port 0 is OPAQUE. Mobility Header and ICMP types sit in the high octet of the
 * ports, codes in the low one.
 *
 * @param protocol 0 for any, else the IP protocol
 * @param first of the same family as {@code last}
 */
public record TrafficSelector(int protocol, int startPort, int endPort, IpAddress first, IpAddress last) {
    public TrafficSelector {
        if (first.isV6() != last.isV6()) {
            throw new IllegalArgumentException("a selector has one address family: " + first + "-" + last);
        }
    }

    /** Everything to or from a prefix. */
    public static TrafficSelector of(IpPrefix prefix) {
        return new TrafficSelector(0, 0, 0xffff, prefix.first(), prefix.last());
    }

    /** All of one protocol to or from a prefix. */
    public static TrafficSelector of(IpPrefix prefix, int protocol) {
        return new TrafficSelector(protocol, 0, 0xffff, prefix.first(), prefix.last());
    }

    public boolean isOpaque() {
        return startPort == 0xffff && endPort == 0;
    }

    public boolean anyPort() {
        return startPort == 0 && endPort == 0xffff;
    }

    @Override
    public String toString() {
        String ports = anyPort() ? "" : isOpaque() ? "/opaque" : "/" + startPort + "-" + endPort;
        String what = protocol == 0 && ports.isEmpty() ? "" : "[" + (protocol == 0 ? "any" : protocol) + ports + "]";
        String range = first.equals(last) ? first.toString() : first + "-" + last;
        return range + what;
    }
}
