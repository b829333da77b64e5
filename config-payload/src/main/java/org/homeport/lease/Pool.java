package org.homeport.lease;

import java.util.List;
import java.util.stream.Stream;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;

/** A pool ready for use: what it may give out is worked out, reserved and special addresses are taken away. */
public final class Pool {
    private final PoolDefinition definition;
    private final AddressSet open;
    private final AddressSet special;

    /**
     * @param open given out first come, first served
     * @param special never given to anybody: anycast, broadcast, the home agent's own
     */
    Pool(PoolDefinition definition, AddressSet open, AddressSet special) {
        this.definition = definition;
        this.open = open;
        this.special = special;
    }

    public String name() {
        return definition.name();
    }

    public IpPrefix prefix() {
        return definition.prefix();
    }

    public List<IpAddress> dns() {
        return definition.dns();
    }

    public Family family() {
        return prefix().address().isV6() ? Family.IPV6 : Family.IPV4;
    }

    /** The addresses given out first come, first served. */
    public AddressSet open() {
        return open;
    }

    /** Every address that may go to somebody: the open ones and those that a reservation here names. */
    public AddressSet all() {
        Stream<AddressRange> reserved = definition.reservations().values().stream()
                .flatMap(List::stream)
                .map(AddressRange::single);
        return AddressSet.of(Stream.concat(open.ranges().stream(), reserved).toList());
    }

    List<IpAddress> reservedFor(String identity) {
        return definition.reservations().getOrDefault(identity, List.of());
    }

    /** Whether the address is one node's, in this pool's home prefix. */
    boolean isNodeAddress(IpAddress address) {
        return prefix().contains(address) && !special.contains(address);
    }

    @Override
    public String toString() {
        return name() + " " + open;
    }
}
