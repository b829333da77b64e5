package org.homeport.lease;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.kit.IpAddress;

/**
 * All pools of a home agent. An address reserved in one pool is open in none: first come, first served never takes
 * a configured address (RFC 5026 section 9.2).
 */
public final class Pools {
    private final Map<String, Pool> byName;
    private final Map<IpAddress, String> reservedFor;

    private Pools(Map<String, Pool> byName, Map<IpAddress, String> reservedFor) {
        this.byName = byName;
        this.reservedFor = reservedFor;
    }

    /**
     * Checks the definitions and works out what each pool may give.
     *
     * @param ownAddresses the home agent's
     * @throws IllegalArgumentException naming pool, value and what was expected
     */
    public static Pools of(List<PoolDefinition> definitions, Collection<IpAddress> ownAddresses) {
        Map<IpAddress, String> reserved = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (PoolDefinition definition : definitions) {
            if (!names.add(definition.name())) {
                throw wrong(definition, "this name is given twice");
            }
            check(definition);
            reserve(definition, special(definition, ownAddresses), reserved);
        }
        List<AddressRange> reservations =
                reserved.keySet().stream().map(AddressRange::single).toList();
        Map<String, Pool> pools = new LinkedHashMap<>();
        for (PoolDefinition definition : definitions) {
            AddressSet special = special(definition, ownAddresses);
            List<AddressRange> share =
                    definition.ranges().isEmpty() ? List.of(AddressRange.of(definition.prefix())) : definition.ranges();
            AddressSet open = AddressSet.of(share)
                    .minus(definition.exclusions())
                    .minus(special.ranges())
                    .minus(reservations);
            if (open.isEmpty() && definition.reservations().isEmpty()) {
                throw wrong(definition, "no address is left to give out");
            }
            pools.put(definition.name(), new Pool(definition, open, special));
        }
        return new Pools(pools, reserved);
    }

    private static AddressSet special(PoolDefinition definition, Collection<IpAddress> ownAddresses) {
        List<AddressRange> ranges = new ArrayList<>(SpecialAddresses.of(definition.prefix()));
        ownAddresses.stream()
                .filter(definition.prefix()::contains)
                .map(AddressRange::single)
                .forEach(ranges::add);
        return AddressSet.of(ranges);
    }

    private static void check(PoolDefinition definition) {
        if (definition.name().isBlank()) {
            throw wrong(definition, "a pool needs a name");
        }
        Stream.concat(definition.ranges().stream(), definition.exclusions().stream())
                .filter(range -> !definition.prefix().contains(range.first())
                        || !definition.prefix().contains(range.last()))
                .findFirst()
                .ifPresent(range -> {
                    throw wrong(definition, range + " is not inside " + definition.prefix());
                });
    }

    private static void reserve(PoolDefinition definition, AddressSet special, Map<IpAddress, String> reserved) {
        definition
                .reservations()
                .forEach((identity, addresses) -> addresses.forEach(address -> {
                    if (!definition.prefix().contains(address)) {
                        throw wrong(
                                definition,
                                address + ", reserved for " + identity + ", is not inside " + definition.prefix());
                    }
                    if (special.contains(address)) {
                        throw wrong(
                                definition,
                                address + ", reserved for " + identity
                                        + ", is an anycast, network or broadcast address or the home agent's own");
                    }
                    String other = reserved.putIfAbsent(address, identity);
                    if (other != null && !other.equals(identity)) {
                        throw wrong(definition, address + " is reserved for " + other + " and for " + identity);
                    }
                }));
    }

    private static IllegalArgumentException wrong(PoolDefinition definition, String what) {
        return new IllegalArgumentException("pool " + definition.name() + ": " + what);
    }

    public Collection<Pool> all() {
        return byName.values();
    }

    public Optional<Pool> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The known ones of these names, in their order, each once. */
    List<Pool> choose(Stream<String> names, Family family) {
        return names.distinct()
                .flatMap(name -> named(name).stream())
                .filter(pool -> pool.family() == family)
                .toList();
    }

    /** The pool of whose home prefix the address is: of those preferred, else of any. */
    Optional<Pool> home(IpAddress address, List<Pool> preferred) {
        return Stream.concat(preferred.stream(), byName.values().stream())
                .filter(pool -> pool.isNodeAddress(address))
                .findFirst();
    }

    /** Whether a reservation keeps the address from this identity. */
    boolean isKeptFrom(IpAddress address, String identity) {
        String holder = reservedFor.get(address);
        return holder != null && !holder.equals(identity);
    }
}
