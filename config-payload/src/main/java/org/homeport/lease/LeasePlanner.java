package org.homeport.lease;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.homeport.core.address.LeaseRequest;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.lease.Plan.Basis;

/**
 * Chooses the address; changes nothing.
 *
 * <p>An identity that has configured addresses, reserved here or assigned by AAA, gets one of those or none (RFC 5026
 * section 9.2). Anybody else gets, in this order: what it holds; what it asks for, if that is open and nobody else's;
 * what it had last; then from each pool in turn an address never given out, or the one that lies released longest.
 */
public final class LeasePlanner {
    /** How many proposals of one request are looked at: asking for a thousand costs no more than asking for these. */
    private static final int PROPOSALS = 8;

    private final Pools pools;
    private final Duration rest;
    private final RandomSource random;

    /**
     * @param rest how long a released address stays its former owner's, even when the pool has nothing else left
     * @param random so that addresses cannot be guessed from one another
     */
    public LeasePlanner(Pools pools, Duration rest, RandomSource random) {
        this.pools = pools;
        this.rest = rest;
        this.random = random;
    }

    public Plan plan(LeaseRequest request, Family family, LeaseView view, Instant now)
            throws StoreUnavailableException {
        String identity = request.authorization().identity();
        List<Pool> eligible =
                pools.choose(Stream.concat(request.authorization().pools().stream(), request.pools().stream()), family);
        List<IpAddress> proposed = proposed(request, family, eligible);
        Map<IpAddress, Basis> configured = configured(request, family, eligible);
        if (!configured.isEmpty()) {
            return fromConfigured(identity, configured, proposed, eligible, view);
        }
        if (eligible.isEmpty()) {
            return new Plan.Nothing("no " + family + " pool for " + request.pools()
                    + (request.authorization().pools().isEmpty()
                            ? ""
                            : " or, from AAA, " + request.authorization().pools()));
        }
        List<StoredLease> own = view.of(identity);
        Optional<Plan> known = first(own.stream().filter(StoredLease::isHeld), eligible, Basis.HELD);
        if (known.isEmpty()) {
            known = fromProposed(identity, proposed, eligible, view);
        }
        if (known.isEmpty()) {
            known = first(own.stream().filter(lease -> !lease.isHeld()), eligible, Basis.HAD_BEFORE);
        }
        return known.isPresent() ? known.get() : fromPools(eligible, view, now);
    }

    /**
     * What the node would like. With only the low-order octets given (RFC 7296 section 3.15.1), the upper half comes
     * from the pools' prefixes.
     */
    private static List<IpAddress> proposed(LeaseRequest request, Family family, List<Pool> eligible) {
        return request.wanted().stream()
                .filter(wanted -> wanted.family() == family)
                .flatMap(wanted -> wanted.proposed().stream())
                .filter(address -> address.isV6() == (family == Family.IPV6) && !address.isUnspecified())
                .limit(PROPOSALS)
                .flatMap(address -> isLowOrder(address)
                        ? eligible.stream().map(pool -> complete(address, pool.prefix()))
                        : Stream.of(address))
                .toList();
    }

    private static boolean isLowOrder(IpAddress address) {
        return address.isV6() && address.octets().slice(0, 8).isAllZero();
    }

    private static IpAddress complete(IpAddress lowOrder, IpPrefix prefix) {
        byte[] bytes = lowOrder.octets().toByteArray();
        byte[] upper = prefix.address().octets().toByteArray();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] |= upper[i];
        }
        return new IpAddress(Octets.wrap(bytes));
    }

    private static Map<IpAddress, Basis> configured(LeaseRequest request, Family family, List<Pool> eligible) {
        Map<IpAddress, Basis> configured = new LinkedHashMap<>();
        for (Pool pool : eligible) {
            pool.reservedFor(request.authorization().identity())
                    .forEach(address -> configured.put(address, Basis.RESERVED));
        }
        request.authorization().addresses().stream()
                .filter(address -> address.isV6() == (family == Family.IPV6))
                .forEach(address -> configured.putIfAbsent(address, Basis.ASSIGNED));
        return configured;
    }

    private Plan fromConfigured(
            String identity,
            Map<IpAddress, Basis> configured,
            List<IpAddress> proposed,
            List<Pool> eligible,
            LeaseView view)
            throws StoreUnavailableException {
        List<IpAddress> held = view.of(identity).stream()
                .filter(StoredLease::isHeld)
                .map(StoredLease::address)
                .toList();
        List<IpAddress> order = Stream.of(proposed, held, List.copyOf(configured.keySet()))
                .flatMap(List::stream)
                .filter(configured::containsKey)
                .distinct()
                .toList();
        List<String> refusals = new ArrayList<>();
        for (IpAddress address : order) {
            Basis basis = configured.getOrDefault(address, Basis.ASSIGNED);
            Optional<Pool> home = pools.home(address, eligible);
            Optional<StoredLease> there = view.at(address);
            boolean own = there.filter(lease -> lease.isOwnedBy(identity)).isPresent();
            if (home.isEmpty()) {
                refusals.add(address + " is no node's address in any pool's prefix");
            } else if (pools.isKeptFrom(address, identity)) {
                refusals.add(address + " is reserved for another identity");
            } else if (!own && there.filter(StoredLease::isHeld).isPresent()) {
                refusals.add(address + " is held by another identity");
            } else {
                return new Plan.Take(address, home.get(), basis, own ? Optional.empty() : there.map(StoredLease::id));
            }
        }
        return new Plan.Nothing(
                "the addresses configured for " + identity + " cannot be given: " + String.join("; ", refusals));
    }

    /** The first of the identity's leases that a pool still has open, in the order of the pools. */
    private Optional<Plan> first(Stream<StoredLease> leases, List<Pool> eligible, Basis basis) {
        List<IpAddress> addresses = leases.map(StoredLease::address).toList();
        return eligible.stream()
                .flatMap(pool -> addresses.stream()
                        .filter(pool.open()::contains)
                        .<Plan>map(address -> new Plan.Take(address, pool, basis, Optional.empty())))
                .findFirst();
    }

    private Optional<Plan> fromProposed(String identity, List<IpAddress> proposed, List<Pool> eligible, LeaseView view)
            throws StoreUnavailableException {
        for (IpAddress address : proposed) {
            for (Pool pool : eligible) {
                if (pool.open().contains(address)
                        && view.at(address)
                                .map(lease -> lease.isOwnedBy(identity))
                                .orElse(true)) {
                    return Optional.of(new Plan.Take(address, pool, Basis.PROPOSED, Optional.empty()));
                }
            }
        }
        return Optional.empty();
    }

    private Plan fromPools(List<Pool> eligible, LeaseView view, Instant now) throws StoreUnavailableException {
        List<String> exhausted = new ArrayList<>();
        for (Pool pool : eligible) {
            Optional<Plan> found = fromPool(pool, view, now);
            if (found.isPresent()) {
                return found.get();
            }
            exhausted.add(exhausted(pool, view));
        }
        return new Plan.Nothing(String.join("; ", exhausted));
    }

    private Optional<Plan> fromPool(Pool pool, LeaseView view, Instant now) throws StoreUnavailableException {
        if (pool.open().isEmpty()) {
            return Optional.empty();
        }
        for (AddressRange range : pool.open().startingAt(below(pool.open().size()))) {
            Optional<IpAddress> unused = view.firstUnused(range);
            if (unused.isPresent()) {
                return Optional.of(new Plan.Take(unused.get(), pool, Basis.UNUSED, Optional.empty()));
            }
        }
        return longestReleased(pool, view, now.minus(rest))
                .map(lease -> new Plan.Take(lease.address(), pool, Basis.LONGEST_RELEASED, Optional.of(lease.id())));
    }

    private static Optional<StoredLease> longestReleased(Pool pool, LeaseView view, Instant until)
            throws StoreUnavailableException {
        List<StoredLease> released = new ArrayList<>();
        for (AddressRange range : pool.open().ranges()) {
            view.longestReleased(range, until).ifPresent(released::add);
        }
        return released.stream()
                .min(Comparator.comparing(lease -> lease.releasedAt().orElse(Instant.MAX)));
    }

    private static String exhausted(Pool pool, LeaseView view) throws StoreUnavailableException {
        long held = 0;
        long resting = 0;
        for (AddressRange range : pool.open().ranges()) {
            held += view.count(range, StoredLease.State.HELD);
            resting += view.count(range, StoredLease.State.RELEASED);
        }
        return "pool " + pool.name() + " exhausted: " + held + " of "
                + pool.open().size() + " addresses in use"
                + (resting == 0 ? "" : ", " + resting + " released too recently");
    }

    private BigInteger below(BigInteger bound) {
        return new BigInteger(1, random.octets(24).toByteArray()).mod(bound);
    }
}
