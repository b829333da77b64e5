package org.homeport.daemon.config;

import java.util.List;
import java.util.Optional;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;

/**
 * Home addresses to hand out, all of one home prefix.
 *
 * @param range limits them within the prefix
 * @param exclude never handed out
 * @param dns name servers for whoever gets one
 */
public record PoolSettings(
        String name, IpPrefix prefix, Optional<Range> range, List<IpPrefix> exclude, List<IpAddress> dns) {
    public PoolSettings {
        exclude = List.copyOf(exclude);
        dns = List.copyOf(dns);
    }

    /** Inclusive. */
    public record Range(IpAddress first, IpAddress last) {}
}
