package org.homeport.xfrm;

import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;

/**
 * The kernel's selector, of one direction of traffic. For ICMP and ICMPv6 the source port is the type and the
 * destination port the code; for the Mobility Header the source port is the type.
 *
 * @param protocol 0 for any
 */
record XfrmSelector(
        IpPrefix source, IpPrefix destination, int protocol, PortMatch sourcePort, PortMatch destinationPort) {
    XfrmSelector {
        if (source.address().isV6() != destination.address().isV6()) {
            throw new IllegalArgumentException("two families: " + source + " and " + destination);
        }
    }

    static XfrmSelector hosts(IpAddress source, IpAddress destination, int protocol) {
        return new XfrmSelector(
                IpPrefix.host(source), IpPrefix.host(destination), protocol, PortMatch.ANY, PortMatch.ANY);
    }

    /** All IPv6 or all IPv4. */
    static XfrmSelector everything(IpAddress ofTheFamilyOf) {
        IpPrefix all = new IpPrefix(new IpAddress(Octets.zeros(ofTheFamilyOf.bits() / 8)), 0);
        return new XfrmSelector(all, all, 0, PortMatch.ANY, PortMatch.ANY);
    }

    XfrmSelector anyPort() {
        return new XfrmSelector(source, destination, protocol, PortMatch.ANY, PortMatch.ANY);
    }

    boolean isV6() {
        return source.address().isV6();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(source + " -> " + destination);
        if (protocol != 0) {
            text.append(" protocol ").append(protocol);
        }
        if (!sourcePort.isAny()) {
            text.append(" source port or type ").append(sourcePort.value());
        }
        if (!destinationPort.isAny()) {
            text.append(" destination port or code ").append(destinationPort.value());
        }
        return text.toString();
    }
}
