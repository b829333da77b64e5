package org.homeport.daemon.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.lease.AddressRange;
import org.homeport.lease.PoolDefinition;

/** Reads the section {@code pools}. */
final class PoolReader {
    private static final IpPrefix NO_PREFIX = IpPrefix.parse("100::/128");

    private static final Scalar<AddressRange> RANGE = Scalar.of(
            "an address, a prefix, or two addresses, the lower first, as 10.100.0.10-10.100.0.99", AddressRange::parse);

    private PoolReader() {}

    static List<PoolDefinition> pools(Section section) {
        List<PoolDefinition> pools = new ArrayList<>();
        section.named().forEach((name, value) -> pools.add(pool(name, value)));
        return pools;
    }

    /** {@code home6: 2001:db8:100::/64} is short for {@code home6: {prefix: 2001:db8:100::/64}}. */
    private static PoolDefinition pool(String name, Value value) {
        return value.isWord()
                ? PoolDefinition.of(name, value.as(Scalar.PREFIX).orElse(NO_PREFIX))
                : value.section(section -> pool(name, section));
    }

    private static PoolDefinition pool(String name, Section section) {
        IpPrefix prefix = section.require("prefix", Scalar.PREFIX, NO_PREFIX);
        return new PoolDefinition(
                name,
                prefix,
                ranges("range", prefix, section),
                ranges("exclude", prefix, section),
                section.section("reservations", reservations -> reservations(reservations, prefix)),
                section.list("dns", Scalar.ADDRESS, List.of()));
    }

    private static List<AddressRange> ranges(String key, IpPrefix prefix, Section section) {
        return section.value(key).map(Value::items).orElse(List.of()).stream()
                .flatMap(item -> item
                        .as(RANGE)
                        .filter(range -> inside(prefix, range.first(), item) && inside(prefix, range.last(), item))
                        .stream())
                .toList();
    }

    private static Map<String, List<IpAddress>> reservations(Section section, IpPrefix prefix) {
        Map<String, List<IpAddress>> all = new LinkedHashMap<>();
        section.named()
                .forEach((identity, value) -> all.put(
                        identity,
                        value.items().stream()
                                .flatMap(item ->
                                        item
                                                .as(Scalar.ADDRESS)
                                                .filter(address -> inside(prefix, address, item))
                                                .stream())
                                .toList()));
        return all;
    }

    private static boolean inside(IpPrefix prefix, IpAddress address, Value where) {
        boolean inside = prefix.equals(NO_PREFIX) || prefix.contains(address);
        if (!inside) {
            where.wrong("expected addresses within the pool's prefix " + prefix);
        }
        return inside;
    }
}
