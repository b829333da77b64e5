package org.homeport.aaa;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.IpAddress;

/**
 * What goes with an acceptance.
 *
 * @param identity who was authenticated, as the backend names it: the one all policy rests on
 * @param sessionTimeout how long it holds
 * @param addresses assigned to this peer
 * @param pools to take its addresses from, in order of preference
 * @param groups that it belongs to, for local rules
 * @param profile all else
 */
public record AaaGrant(
        String identity,
        Optional<Duration> sessionTimeout,
        List<IpAddress> addresses,
        List<String> pools,
        List<String> groups,
        AaaProfile profile) {
    public AaaGrant {
        addresses = List.copyOf(addresses);
        pools = List.copyOf(pools);
        groups = List.copyOf(groups);
    }
}
