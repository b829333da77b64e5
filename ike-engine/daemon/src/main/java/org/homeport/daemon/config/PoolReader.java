package org.homeport.daemon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.daemon.config.PoolSettings.Range;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;

/** Reads the section {@code pools}. */
final class PoolReader {
    private static final IpPrefix NO_PREFIX = IpPrefix.parse("::/128");

    private static final Scalar<Range> RANGE =
            Scalar.of("two addresses of one family, the lower first, as 10.100.0.10-10.100.0.99", PoolReader::range);

    /** Single addresses are host prefixes. */
    private static final Scalar<IpPrefix> EXCLUDED =
            Scalar.of("an address or a prefix, as 2001:db8:100::1 or 2001:db8:100::/120", IpPrefix::parse);

    private PoolReader() {}

    static List<PoolSettings> pools(Section section) {
        List<PoolSettings> pools = new ArrayList<>();
        section.named().forEach((name, value) -> pools.add(pool(name, value)));
        return pools;
    }

    /** {@code home6: 2001:db8:100::/64} is short for {@code home6: {prefix: 2001:db8:100::/64}}. */
    private static PoolSettings pool(String name, Value value) {
        return value.isWord()
                ? new PoolSettings(
                        name, value.as(Scalar.PREFIX).orElse(NO_PREFIX), Optional.empty(), List.of(), List.of())
                : value.section(section -> pool(name, section));
    }

    private static PoolSettings pool(String name, Section section) {
        IpPrefix prefix = section.require("prefix", Scalar.PREFIX, NO_PREFIX);
        Optional<Range> range = section.get("range", RANGE);
        List<IpPrefix> exclude = section.list("exclude", EXCLUDED, List.of());
        if (!prefix.equals(NO_PREFIX)) {
            range.filter(r -> !prefix.contains(r.first()) || !prefix.contains(r.last()))
                    .ifPresent(r -> section.wrong("range", "expected addresses within the pool's prefix " + prefix));
            exclude.stream()
                    .filter(e -> !prefix.contains(e.first()) || !prefix.contains(e.last()))
                    .forEach(e -> section.wrong("exclude", e + " is not within the pool's prefix " + prefix));
        }
        return new PoolSettings(name, prefix, range, exclude, section.list("dns", Scalar.ADDRESS, List.of()));
    }

    private static Range range(String text) {
        String[] ends = text.split("-", -1);
        if (ends.length != 2) {
            throw new IllegalArgumentException();
        }
        Range range = new Range(IpAddress.parse(ends[0].strip()), IpAddress.parse(ends[1].strip()));
        if (range.first().isV6() != range.last().isV6() || range.first().compareTo(range.last()) > 0) {
            throw new IllegalArgumentException();
        }
        return range;
    }
}
