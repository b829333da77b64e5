package org.homeport.lease;

import java.util.List;
import java.util.Map;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;

/**
 * A pool as the operator writes it.
 *
 * @param prefix the home prefix: its length goes out with every address (RFC 4877 section 9)
 * @param ranges the share of the prefix given out first come, first served; none: the whole prefix
 * @param exclusions never given out first come, first served; AAA may still assign them
 * @param reservations addresses of one identity each, anywhere in the prefix: that identity gets these and no others
 *     (RFC 5026 section 9.2, configured home addresses)
 * @param dns name servers told with an address
 */
public record PoolDefinition(
        String name,
        IpPrefix prefix,
        List<AddressRange> ranges,
        List<AddressRange> exclusions,
        Map<String, List<IpAddress>> reservations,
        List<IpAddress> dns) {
    public PoolDefinition {
        ranges = List.copyOf(ranges);
        exclusions = List.copyOf(exclusions);
        reservations = Map.copyOf(reservations);
        dns = List.copyOf(dns);
    }

    /** The whole prefix, first come, first served. */
    public static PoolDefinition of(String name, IpPrefix prefix) {
        return new PoolDefinition(name, prefix, List.of(), List.of(), Map.of(), List.of());
    }

    public PoolDefinition withRanges(AddressRange... share) {
        return new PoolDefinition(name, prefix, List.of(share), exclusions, reservations, dns);
    }

    public PoolDefinition withExclusions(AddressRange... holes) {
        return new PoolDefinition(name, prefix, ranges, List.of(holes), reservations, dns);
    }

    public PoolDefinition withReservations(Map<String, List<IpAddress>> reserved) {
        return new PoolDefinition(name, prefix, ranges, exclusions, reserved, dns);
    }

    public PoolDefinition withDns(IpAddress... servers) {
        return new PoolDefinition(name, prefix, ranges, exclusions, reservations, List.of(servers));
    }
}
