package org.homeport.aaa;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;

/**
 * What a backend says of a peer beyond who it is: for its accounting, its addresses and its service.
 *
 * @param route which AAA decided, and is owed the accounting: the name of a realm's route; {@link #EMBEDDED} for the AAA
 *     in this process
 * @param idleTimeout silence after which the session ends (RFC 2865 section 5.28)
 * @param interimInterval between accounting records (RFC 2869 section 5.16)
 * @param classes to be repeated in accounting, untouched (RFC 2865 section 5.25)
 * @param chargeableUserIdentity what the home realm bills by (RFC 4372)
 * @param filters names of filters, from Filter-Id (RFC 2865 section 5.11)
 * @param framedPrefixes Framed-IPv6-Prefix (RFC 3162 section 2.3)
 * @param interfaceId eight octets (RFC 3162 section 2.2)
 * @param delegatedPrefixes Delegated-IPv6-Prefix (RFC 4818)
 * @param dns name servers (RFC 6911 section 3.2)
 * @param mip6Features MIP6-Feature-Vector (RFC 5447 section 4.2.5)
 * @param homeLinkPrefix MIP6-Home-Link-Prefix (RFC 5447 section 4.2.4)
 * @param eapKeyName EAP-Key-Name: the method's Session-Id (RFC 4072 section 4.1.4)
 */
public record AaaProfile(
        String route,
        Optional<Duration> idleTimeout,
        Optional<Duration> interimInterval,
        List<Octets> classes,
        Optional<Octets> chargeableUserIdentity,
        List<String> filters,
        List<IpPrefix> framedPrefixes,
        Optional<Octets> interfaceId,
        List<IpPrefix> delegatedPrefixes,
        List<IpAddress> dns,
        OptionalLong mip6Features,
        Optional<IpPrefix> homeLinkPrefix,
        Optional<Octets> eapKeyName) {
    public static final String EMBEDDED = "embedded";

    public AaaProfile {
        classes = List.copyOf(classes);
        filters = List.copyOf(filters);
        framedPrefixes = List.copyOf(framedPrefixes);
        delegatedPrefixes = List.copyOf(delegatedPrefixes);
        dns = List.copyOf(dns);
    }

    /** Nothing beyond who it is. */
    public static AaaProfile of(String route) {
        return new AaaProfile(
                route,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    AaaProfile withKeyName(Optional<Octets> sessionId) {
        return new AaaProfile(
                route,
                idleTimeout,
                interimInterval,
                classes,
                chargeableUserIdentity,
                filters,
                framedPrefixes,
                interfaceId,
                delegatedPrefixes,
                dns,
                mip6Features,
                homeLinkPrefix,
                sessionId);
    }

    AaaProfile withFilters(List<String> others) {
        return new AaaProfile(
                route,
                idleTimeout,
                interimInterval,
                classes,
                chargeableUserIdentity,
                others,
                framedPrefixes,
                interfaceId,
                delegatedPrefixes,
                dns,
                mip6Features,
                homeLinkPrefix,
                eapKeyName);
    }
}
