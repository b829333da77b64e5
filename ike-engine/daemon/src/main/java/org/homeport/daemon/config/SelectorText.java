package org.homeport.daemon.config;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeport.core.message.TrafficSelector;
import org.homeport.kit.IpPrefix;

/**
 * A traffic selector as strongSwan's users write it: {@code 2001:db8::/64}, {@code 10.0.0.0/8[tcp/443]},
 * {@code dynamic}, {@code dynamic[135]}.
 *
 * @param fixed empty: dynamic, that is our own address or the peer's home address
 * @param protocol 0 for any
 */
record SelectorText(Optional<TrafficSelector> fixed, int protocol) {
    static final Scalar<SelectorText> SCALAR = Scalar.of(
            "a prefix or dynamic, with a protocol and port if wanted, as ::/0, dynamic[mh] or 10.0.0.0/8[tcp/443]",
            SelectorText::parse);

    private static final Pattern FORM = Pattern.compile("([^\\[\\]]+)(?:\\[([a-z0-9-]+)(?:/([0-9]{1,5}))?])?");

    private static final Map<String, Integer> PROTOCOLS =
            Map.of("icmp", 1, "tcp", 6, "udp", 17, "ipv6-icmp", 58, "mh", 135);

    private static SelectorText parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException();
        }
        int protocol = Optional.ofNullable(matcher.group(2))
                .map(SelectorText::protocol)
                .orElse(0);
        Optional<Integer> port = Optional.ofNullable(matcher.group(3)).map(Integer::valueOf);
        if (matcher.group(1).equals("dynamic")) {
            if (port.isPresent()) {
                throw new IllegalArgumentException();
            }
            return new SelectorText(Optional.empty(), protocol);
        }
        IpPrefix prefix = Scalar.PREFIX.parse().apply(matcher.group(1));
        int start = port.orElse(0);
        int end = port.orElse(0xffff);
        if (start > 0xffff) {
            throw new IllegalArgumentException();
        }
        return new SelectorText(
                Optional.of(new TrafficSelector(protocol, start, end, prefix.first(), prefix.last())), protocol);
    }

    private static int protocol(String name) {
        Integer known = PROTOCOLS.get(name);
        return known != null ? known : Scalar.number(0, 255).parse().apply(name);
    }
}
