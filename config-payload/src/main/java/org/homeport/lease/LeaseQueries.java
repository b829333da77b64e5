package org.homeport.lease;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.IpAddress;

/** What the operator asks: reads only, also from a store that no engine has open. All calls block. */
public final class LeaseQueries {
    private final LeaseStore store;
    private final Pools pools;

    public LeaseQueries(LeaseStore store, Pools pools) {
        this.store = store;
        this.pools = pools;
    }

    /** Held and released, by address. */
    public List<StoredLease> all() throws StoreUnavailableException {
        return store.read(LeaseView::all);
    }

    public Optional<StoredLease> find(IpAddress address) throws StoreUnavailableException {
        return store.read(view -> view.at(address));
    }

    /**
     * All that an identity holds or held.
     *
     * @param owner an authenticated identity, exactly
     */
    public List<StoredLease> find(String owner) throws StoreUnavailableException {
        return store.read(view -> view.of(owner));
    }

    public List<PoolUse> use() throws StoreUnavailableException {
        return store.read(view -> {
            List<PoolUse> uses = new ArrayList<>();
            for (Pool pool : pools.all()) {
                uses.add(use(pool, view));
            }
            return uses;
        });
    }

    private static PoolUse use(Pool pool, LeaseView view) throws StoreUnavailableException {
        long held = 0;
        long released = 0;
        AddressSet all = pool.all();
        for (AddressRange range : all.ranges()) {
            held += view.count(range, StoredLease.State.HELD);
            released += view.count(range, StoredLease.State.RELEASED);
        }
        return new PoolUse(pool.name(), all.size(), held, released);
    }

    /**
     * How full a pool is.
     *
     * @param size addresses to give out, reservations included
     * @param held by identities now
     * @param released once held, kept for their former owners while there are others
     */
    public record PoolUse(String pool, BigInteger size, long held, long released) {
        public BigInteger free() {
            return size.subtract(BigInteger.valueOf(held));
        }
    }
}
