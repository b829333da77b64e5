package org.homeport.aaa.radius.eap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.AaaProfile;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.eap.Nai;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/** What the attributes of one Access-Accept have said so far. */
final class GrantDraft {
    /** The NAS is to choose the address, or the user is (RFC 2865 section 5.8). */
    private static final Set<Long> NOT_ASSIGNED = Set.of(0xffff_fffeL, 0xffff_ffffL);

    /** "MUST NOT be smaller than 60" (RFC 2869 section 5.16). */
    private static final long LEAST_INTERIM = 60;

    private static final Octets NUL = Octets.of(0);

    private final Set<Long> serviceTypes;
    private final List<String> warnings = new ArrayList<>();
    private Optional<String> userName = Optional.empty();
    private Optional<Duration> sessionTimeout = Optional.empty();
    private Optional<Duration> idleTimeout = Optional.empty();
    private Optional<Duration> interim = Optional.empty();
    private final List<IpAddress> ipv4 = new ArrayList<>();
    private final List<IpAddress> ipv6 = new ArrayList<>();
    private final List<String> pools = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();
    private final List<String> filters = new ArrayList<>();
    private final List<Octets> classes = new ArrayList<>();
    private Optional<Octets> chargeable = Optional.empty();
    private final List<IpPrefix> framedPrefixes = new ArrayList<>();
    private Optional<Octets> interfaceId = Optional.empty();
    private final List<IpPrefix> delegatedPrefixes = new ArrayList<>();
    private final List<IpAddress> dns = new ArrayList<>();
    private OptionalLong features = OptionalLong.empty();
    private Optional<IpPrefix> homeLink = Optional.empty();
    private Optional<Octets> keyName = Optional.empty();

    GrantDraft(Set<Long> serviceTypes) {
        this.serviceTypes = serviceTypes;
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** @throws WireException saying what is wrong with its value */
    void take(RadiusAttribute attribute) throws WireException {
        switch (attribute.type()) {
            case AttributeType.USER_NAME -> userName = Optional.of(name(attribute.value()));
            case AttributeType.SERVICE_TYPE -> service(attribute.integer());
            case AttributeType.FRAMED_IP_ADDRESS -> {
                if (!NOT_ASSIGNED.contains(attribute.integer())) {
                    ipv4.add(address(attribute, 4));
                }
            }
            case AttributeType.FILTER_ID -> {
                String filter = words(attribute);
                filters.add(filter);
                addOnce(groups, filter);
            }
            case AttributeType.CLASS -> takeClass(attribute);
            case AttributeType.SESSION_TIMEOUT -> sessionTimeout = shorter(sessionTimeout, seconds(attribute, 1));
            case AttributeType.IDLE_TIMEOUT -> {
                // No session could be that busy: servers say 0 where they mean none.
                if (attribute.integer() != 0) {
                    idleTimeout = shorter(idleTimeout, seconds(attribute, 1));
                }
            }
            case AttributeType.ACCT_INTERIM_INTERVAL -> interim = Optional.of(seconds(attribute, LEAST_INTERIM));
            case AttributeType.FRAMED_POOL, AttributeType.FRAMED_IPV6_POOL, AttributeType.STATEFUL_IPV6_ADDRESS_POOL ->
                addOnce(pools, words(attribute));
            case AttributeType.CHARGEABLE_USER_IDENTITY -> {
                // A nul CUI only asks for one (RFC 4372 section 2.2).
                if (!attribute.value().isEmpty() && !attribute.value().equals(NUL)) {
                    chargeable = Optional.of(attribute.value());
                }
            }
            case AttributeType.FRAMED_INTERFACE_ID -> interfaceId = Optional.of(interfaceId(attribute.value()));
            case AttributeType.FRAMED_IPV6_PREFIX -> framedPrefixes.add(attribute.ipv6Prefix());
            case AttributeType.DELEGATED_IPV6_PREFIX -> delegatedPrefixes.add(attribute.ipv6Prefix());
            case AttributeType.FRAMED_IPV6_ADDRESS -> ipv6.add(address(attribute, 16));
            case AttributeType.DNS_SERVER_IPV6_ADDRESS -> dns.add(address(attribute, 16));
            case AttributeType.MIP6_FEATURE_VECTOR -> features = OptionalLong.of(attribute.integer64());
            case AttributeType.MIP6_HOME_LINK_PREFIX -> homeLink = Optional.of(attribute.homeLinkPrefix());
            case AttributeType.EAP_KEY_NAME ->
                keyName = Optional.of(attribute.value()).filter(name -> !name.isEmpty());
            default -> {
                // Unknown ones may be ignored (RFC 2865 section 5), and those of other concerns are read elsewhere.
            }
        }
    }

    AaaGrant grant(String route, String sent) {
        AaaProfile profile = new AaaProfile(
                route,
                idleTimeout,
                interim,
                classes,
                chargeable,
                filters,
                framedPrefixes,
                interfaceId,
                delegatedPrefixes,
                dns,
                features,
                homeLink,
                keyName);
        return new AaaGrant(userName.orElse(sent), sessionTimeout, addresses(), pools, groups, profile);
    }

    /** Framed-IPv6-Address names whole addresses (RFC 6911 section 2.1); without it prefix and interface id make one. */
    private List<IpAddress> addresses() {
        List<IpAddress> addresses = new ArrayList<>(ipv6);
        if (ipv6.isEmpty()) {
            for (IpPrefix prefix : framedPrefixes) {
                if (prefix.length() == 128) {
                    addresses.add(prefix.address());
                } else if (prefix.length() <= 64) {
                    interfaceId.ifPresent(id -> addresses.add(
                            new IpAddress(prefix.address().octets().slice(0, 8).plus(id))));
                }
            }
        }
        addresses.addAll(ipv4);
        return addresses;
    }

    private String name(Octets value) throws WireException {
        String name = Nai.of(value).text();
        if (userName.filter(other -> !other.equals(name)).isPresent()) {
            throw new WireException("two of them, '" + userName.get() + "' and '" + name + "'");
        }
        return name;
    }

    private void service(long type) throws WireException {
        if (!serviceTypes.contains(type)) {
            throw new WireException("service " + type + ", which we do not give");
        }
    }

    private void takeClass(RadiusAttribute attribute) throws WireException {
        if (attribute.value().isEmpty()) {
            throw new WireException("an empty Class");
        }
        classes.add(attribute.value());
        try {
            addOnce(groups, words(attribute));
        } catch (WireException e) {
            // Most are octets that only the server understands.
        }
    }

    private static Octets interfaceId(Octets value) throws WireException {
        if (value.length() != 8) {
            throw new WireException(value.length() + " octets instead of 8");
        }
        return value;
    }

    /** Text that may stand in a log. */
    private static String words(RadiusAttribute attribute) throws WireException {
        String text = attribute.text();
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new WireException("control characters in " + attribute.value());
        }
        return text;
    }

    private static IpAddress address(RadiusAttribute attribute, int octets) throws WireException {
        if (attribute.value().length() != octets || attribute.value().isAllZero()) {
            throw new WireException("expected an address of " + octets + " octets, not "
                    + attribute.value().hex());
        }
        return attribute.address();
    }

    private static Duration seconds(RadiusAttribute attribute, long least) throws WireException {
        long seconds = attribute.integer();
        if (seconds < least) {
            throw new WireException(seconds + " seconds; expected " + least + " or more");
        }
        return Duration.ofSeconds(seconds);
    }

    private static Optional<Duration> shorter(Optional<Duration> known, Duration told) {
        return Optional.of(known.filter(other -> other.compareTo(told) < 0).orElse(told));
    }

    private static void addOnce(List<String> list, String text) {
        if (!list.contains(text)) {
            list.add(text);
        }
    }
}
