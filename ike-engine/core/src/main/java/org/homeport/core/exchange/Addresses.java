package org.homeport.core.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.core.address.Lease;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.core.address.LeaseRequest.Wanted;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Payload.Configuration.Attribute;
import org.homeport.core.registry.CpAttributeType;
import org.homeport.core.registry.CpType;
import org.homeport.core.session.SessionSummary.HomeAddress;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;

/** Home addresses in configuration payloads (RFC 7296 section 3.15, RFC 4877 section 9). */
public final class Addresses {
    private Addresses() {}

    /** What CFG_REPLY told. */
    public record Assigned(List<HomeAddress> addresses, List<IpAddress> dns) {
        public static final Assigned NOTHING = new Assigned(List.of(), List.of());

        public Assigned {
            addresses = List.copyOf(addresses);
            dns = List.copyOf(dns);
        }

        public List<IpAddress> list() {
            return addresses.stream().map(HomeAddress::address).toList();
        }
    }

    /** What a CFG_REQUEST asks for; attributes of a length that cannot be ask for nothing in particular. */
    public static List<Wanted> wanted(Payload.Configuration request) {
        List<Wanted> wanted = new ArrayList<>();
        for (Attribute attribute : request.attributes()) {
            if (attribute.type().equals(CpAttributeType.INTERNAL_IP6_ADDRESS)) {
                wanted.add(new Wanted(Family.IPV6, proposed(attribute.value(), 16)));
            } else if (attribute.type().equals(CpAttributeType.INTERNAL_IP4_ADDRESS)) {
                wanted.add(new Wanted(Family.IPV4, proposed(attribute.value(), 4)));
            }
        }
        return wanted;
    }

    private static Optional<IpAddress> proposed(Octets value, int length) {
        return value.length() < length
                ? Optional.empty()
                : Optional.of(new IpAddress(value.slice(0, length))).filter(address -> !address.isUnspecified());
    }

    /** The CFG_REQUEST for these. */
    public static Payload.Configuration request(List<Wanted> wanted) {
        List<Attribute> attributes = new ArrayList<>();
        for (Wanted want : wanted) {
            switch (want.family()) {
                case IPV6 -> {
                    attributes.add(new Attribute(
                            CpAttributeType.INTERNAL_IP6_ADDRESS,
                            want.proposed()
                                    .map(a -> a.octets().plus(Octets.of(64)))
                                    .orElse(Octets.EMPTY)));
                    attributes.add(new Attribute(CpAttributeType.INTERNAL_IP6_DNS, Octets.EMPTY));
                }
                case IPV4 -> {
                    attributes.add(new Attribute(
                            CpAttributeType.INTERNAL_IP4_ADDRESS,
                            want.proposed().map(IpAddress::octets).orElse(Octets.EMPTY)));
                    attributes.add(new Attribute(CpAttributeType.INTERNAL_IP4_DNS, Octets.EMPTY));
                }
            }
        }
        return new Payload.Configuration(CpType.CFG_REQUEST, attributes);
    }

    public static Payload.Configuration reply(Assigned assigned) {
        List<Attribute> attributes = new ArrayList<>();
        for (HomeAddress home : assigned.addresses()) {
            attributes.add(
                    home.address().isV6()
                            ? new Attribute(
                                    CpAttributeType.INTERNAL_IP6_ADDRESS,
                                    home.address().octets().plus(Octets.of(home.prefixLength())))
                            : new Attribute(
                                    CpAttributeType.INTERNAL_IP4_ADDRESS,
                                    home.address().octets()));
        }
        for (IpAddress dns : assigned.dns()) {
            attributes.add(new Attribute(
                    dns.isV6() ? CpAttributeType.INTERNAL_IP6_DNS : CpAttributeType.INTERNAL_IP4_DNS, dns.octets()));
        }
        return new Payload.Configuration(CpType.CFG_REPLY, attributes);
    }

    public static Assigned granted(List<Lease> leases) {
        return new Assigned(
                leases.stream()
                        .map(lease ->
                                new HomeAddress(lease.address(), lease.prefix().length()))
                        .toList(),
                leases.stream()
                        .flatMap(lease -> lease.dns().stream())
                        .distinct()
                        .toList());
    }

    /** Reads a CFG_REPLY; what does not have the length of an address is passed over. */
    public static Assigned assigned(Payload.Configuration reply) {
        List<HomeAddress> addresses = new ArrayList<>();
        List<IpAddress> dns = new ArrayList<>();
        for (Attribute attribute : reply.attributes()) {
            Octets value = attribute.value();
            CpAttributeType type = attribute.type();
            if (type.equals(CpAttributeType.INTERNAL_IP6_ADDRESS) && value.length() == 17 && value.at(16) <= 128) {
                addresses.add(new HomeAddress(new IpAddress(value.slice(0, 16)), value.at(16)));
            } else if (type.equals(CpAttributeType.INTERNAL_IP4_ADDRESS) && value.length() == 4) {
                addresses.add(new HomeAddress(new IpAddress(value), 32));
            } else if ((type.equals(CpAttributeType.INTERNAL_IP6_DNS) && value.length() == 16)
                    || (type.equals(CpAttributeType.INTERNAL_IP4_DNS) && value.length() == 4)) {
                dns.add(new IpAddress(value));
            }
        }
        return new Assigned(addresses, dns);
    }
}
