package org.homeport.testbeds.ha;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.kit.IpAddress;

/** Who is where (RFC 6275 section 9.1). */
final class BindingCache {
    private final Map<IpAddress, SmallHomeAgent.Binding> bindings = new LinkedHashMap<>();

    synchronized Optional<SmallHomeAgent.Binding> find(IpAddress home, Instant now) {
        return Optional.ofNullable(bindings.get(home)).filter(b -> b.expires().isAfter(now));
    }

    synchronized void bind(IpAddress home, IpAddress careOf, int sequence, Duration lifetime, Instant now) {
        bindings.put(home, new SmallHomeAgent.Binding(home, careOf, sequence, now.plus(lifetime)));
    }

    synchronized void remove(IpAddress home) {
        bindings.remove(home);
    }

    synchronized List<SmallHomeAgent.Binding> list() {
        return List.copyOf(bindings.values());
    }
}
