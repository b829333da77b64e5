package org.homeport.lease;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.homeport.kit.IpAddress;

/**
 * Which leases an operator wants to see; all of its conditions must hold.
 *
 * @param identity exactly, or with {@code *} for anything
 */
public record LeaseFilter(Optional<IpAddress> address, Optional<String> identity) {
    public static final LeaseFilter ALL = new LeaseFilter(Optional.empty(), Optional.empty());

    /** Those that a store has, by address. */
    public List<StoredLease> in(LeaseView view) throws StoreUnavailableException {
        List<StoredLease> candidates;
        if (address.isPresent()) {
            candidates = view.at(address.get()).stream().toList();
        } else if (identity.isPresent() && !identity.get().contains("*")) {
            candidates = view.of(identity.get());
        } else {
            candidates = view.all();
        }
        return candidates.stream()
                .filter(lease -> accepts(lease.address(), lease.owner()))
                .sorted(Comparator.comparing(StoredLease::address))
                .toList();
    }

    /** Which sessions had those then, by address. */
    public List<Tenure> at(Instant time, LeaseView view) throws StoreUnavailableException {
        return view.holdersAt(time, address).stream()
                .filter(tenure ->
                        accepts(tenure.grant().address(), tenure.grant().owner()))
                .toList();
    }

    public boolean accepts(IpAddress candidate, String owner) {
        return address.map(candidate::equals).orElse(true)
                && identity.map(pattern -> matches(pattern, owner)).orElse(true);
    }

    /** Upper and lower case are two, as for the store. */
    private static boolean matches(String pattern, String owner) {
        String expression =
                Arrays.stream(pattern.split("\\*+", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(expression, Pattern.DOTALL).matcher(owner).matches();
    }
}
