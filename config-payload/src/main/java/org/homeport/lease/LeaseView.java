package org.homeport.lease;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.IpAddress;

/** What a store knows, at one moment. */
public interface LeaseView {
    Optional<StoredLease> at(IpAddress address) throws StoreUnavailableException;

    /** Held and released ones; held ones first, then the one released last. */
    List<StoredLease> of(String owner) throws StoreUnavailableException;

    /** The lowest address of the range that was never given out. */
    Optional<IpAddress> firstUnused(AddressRange range) throws StoreUnavailableException;

    /** The released lease of the range that was released first, if that was not after {@code until}. */
    Optional<StoredLease> longestReleased(AddressRange range, Instant until) throws StoreUnavailableException;

    /** How many leases of the range are in a state. */
    long count(AddressRange range, StoredLease.State state) throws StoreUnavailableException;

    /**
     * Which sessions had addresses then, by address; from the history, which goes back as far as it is kept.
     *
     * @param address this one alone
     */
    List<Tenure> holdersAt(Instant time, Optional<IpAddress> address) throws StoreUnavailableException;

    /** By address. */
    List<StoredLease> all() throws StoreUnavailableException;
}
