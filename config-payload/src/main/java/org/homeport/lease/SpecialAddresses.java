package org.homeport.lease;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;

/** The addresses of a prefix that mean something other than one node. */
final class SpecialAddresses {
    /** Modified EUI-64 form of the subnet anycast identifiers 0 to 127 (RFC 2526 section 2; 7e: home agents). */
    private static final Octets EUI64_ANYCAST_FIRST = Octets.fromHex("fdff ffff ffff ff80");

    private static final Octets EUI64_ANYCAST_LAST = Octets.fromHex("fdff ffff ffff ffff");
    /** IANA's own Ethernet block, in it Proxy Mobile IPv6's identifier (RFC 5453 section 3, RFC 6543 section 4). */
    private static final Octets IANA_FIRST = Octets.fromHex("0200 5eff fe00 0000");

    private static final Octets IANA_LAST = Octets.fromHex("0200 5eff feff ffff");
    private static final BigInteger ANYCAST_IDENTIFIERS = BigInteger.valueOf(128);

    private SpecialAddresses() {}

    static List<AddressRange> of(IpPrefix prefix) {
        return prefix.address().isV6() ? ofV6(prefix) : ofV4(prefix);
    }

    /** Network and broadcast address; point-to-point prefixes have neither (RFC 3021 section 2.1). */
    private static List<AddressRange> ofV4(IpPrefix prefix) {
        return prefix.length() > 30
                ? List.of()
                : List.of(AddressRange.single(prefix.first()), AddressRange.single(prefix.last()));
    }

    /**
     * The Subnet-Router anycast address (RFC 4291 section 2.6.1; not on a /127, RFC 6164 section 4) and the reserved
     * subnet anycast addresses: by identifier on a /64, else the highest 128 (RFC 2526 section 2). Prefixes longer
     * than /120 have no room for the latter.
     */
    private static List<AddressRange> ofV6(IpPrefix prefix) {
        List<AddressRange> special = new ArrayList<>();
        if (prefix.length() <= 126) {
            special.add(AddressRange.single(prefix.first()));
        }
        if (prefix.length() == 64) {
            special.add(identifiers(prefix, EUI64_ANYCAST_FIRST, EUI64_ANYCAST_LAST));
            special.add(identifiers(prefix, IANA_FIRST, IANA_LAST));
        } else if (prefix.length() <= 120) {
            AddressRange all = AddressRange.of(prefix);
            special.add(new AddressRange(all.at(all.size().subtract(ANYCAST_IDENTIFIERS)), all.last()));
        }
        return special;
    }

    private static AddressRange identifiers(IpPrefix prefix, Octets first, Octets last) {
        Octets subnet = prefix.address().octets().slice(0, 8);
        return new AddressRange(new IpAddress(subnet.plus(first)), new IpAddress(subnet.plus(last)));
    }
}
