package org.homeport.aaa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;

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

    /** Of an EAP conversation whose method names its keys so. @param sessionId RFC 5247 section 1.4 */
    AaaGrant withKeyName(Optional<Octets> sessionId) {
        return new AaaGrant(identity, sessionTimeout, addresses, pools, groups, profile.withKeyName(sessionId));
    }

    /** With other filters, which are groups too, in place of all that there were (RFC 5176 section 3.6, note 3). */
    public AaaGrant withFilters(List<String> filters) {
        List<String> others = new ArrayList<>(groups);
        others.removeAll(profile.filters());
        others.addAll(filters);
        return new AaaGrant(identity, sessionTimeout, addresses, pools, others, profile.withFilters(filters));
    }
}
