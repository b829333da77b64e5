package org.homeport.core.auth;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.IpAddress;

/**
 * What the backend granted together with the proof of identity.
 *
 * @param identity the identity that was authenticated, on which all policy rests (RFC 7296 section 2.16); for EAP as
 *     the AAA server names it, never as the peer claims it
 * @param sessionTimeout how long the authorization lasts
 * @param addresses home addresses assigned by AAA
 * @param pools pools named by AAA, in order of preference
 * @param groups groups of the identity, for policy
 * @param refusal why it is not to be served although it is who it says; for the operator, never for the peer
 */
public record Authorization(
        String identity,
        Optional<Duration> sessionTimeout,
        List<IpAddress> addresses,
        List<String> pools,
        List<String> groups,
        Optional<String> refusal) {
    public Authorization {
        addresses = List.copyOf(addresses);
        pools = List.copyOf(pools);
        groups = List.copyOf(groups);
    }

    /** To be served. */
    public Authorization(
            String identity,
            Optional<Duration> sessionTimeout,
            List<IpAddress> addresses,
            List<String> pools,
            List<String> groups) {
        this(identity, sessionTimeout, addresses, pools, groups, Optional.empty());
    }

    public static Authorization of(String identity) {
        return new Authorization(identity, Optional.empty(), List.of(), List.of(), List.of());
    }
}
