package org.homeport.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.homeport.daemon.observe.JsonObject;
import org.homeport.daemon.observe.LeaseQuestion;
import org.homeport.kit.IpAddress;
import org.homeport.lease.LeaseAudit;
import org.homeport.lease.LeaseView;
import org.homeport.lease.Standing;
import org.homeport.lease.StoreUnavailableException;
import org.homeport.lease.StoredLease;

/**
 * An operator's order to make leases nobody's: either that of an address, or all of an identity.
 *
 * @param identity exactly
 */
public record LeaseRelease(Optional<IpAddress> address, Optional<String> identity, Holders holders) {
    /** Those that hold what is to be released. */
    public enum Holders {
        KEEP,
        /** As an administrator does. */
        DISCONNECT
    }

    /** For the control socket. */
    public Map<String, Object> asked() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("command", "leases-release");
        address.ifPresent(a -> object.put("address", a.toString()));
        identity.ifPresent(i -> object.put("identity", i));
        object.put("disconnect", holders == Holders.DISCONNECT);
        return object;
    }

    /** @throws IllegalArgumentException naming the value and what was expected */
    static LeaseRelease of(JsonObject asked) {
        if (asked.has("address") == asked.has("identity")) {
            throw new IllegalArgumentException("expected either an address or an identity");
        }
        return new LeaseRelease(
                LeaseQuestion.address(asked),
                LeaseQuestion.text(asked, "identity"),
                asked.text("disconnect").equals("true") ? Holders.DISCONNECT : Holders.KEEP);
    }

    List<StoredLease> leases(LeaseView view) throws StoreUnavailableException {
        return address.isPresent() ? view.at(address.get()).stream().toList() : view.of(identity.orElse(""));
    }

    /** Why nothing can be done at all. @param engine ours, in the store */
    List<String> problems(List<StoredLease> leases, String engine) {
        if (leases.isEmpty()) {
            return List.of(address.map(a -> "address " + a)
                            .orElseGet(() -> "identity '" + LeaseAudit.printable(identity.orElse("")) + "'")
                    + " has no lease; 'homeport leases' shows all");
        }
        List<StoredLease> held = leases.stream().filter(StoredLease::isHeld).toList();
        return holders == Holders.DISCONNECT
                ? held.stream()
                        .filter(lease -> !lease.engine().equals(engine))
                        .map(lease -> lease.address() + " is held by a session of the engine '" + lease.engine()
                                + "', not of this one: ask there")
                        .toList()
                : held.stream()
                        .map(lease -> lease.address() + " is held by '" + LeaseAudit.printable(lease.owner())
                                + "' since " + lease.grantedAt() + " (session " + lease.session()
                                + (lease.leftOverSince().isPresent() ? ", of an earlier run" : "")
                                + "): with --disconnect that session is ended too")
                        .toList();
    }

    /** Whether nobody has it, although somebody else got there first. */
    static void check(StoredLease lease, Optional<StoredLease> now) throws NotDoneException {
        if (now.isPresent()) {
            throw new NotDoneException(lease.address() + " was released, and claimed anew by '"
                    + LeaseAudit.printable(now.get().owner()) + "' in session "
                    + now.get().session() + " before it could be ended");
        }
    }

    static List<Map<String, Object>> shown(List<StoredLease> released, Duration rest, Instant now) {
        return released.stream()
                .map(lease -> {
                    Map<String, Object> object = new LinkedHashMap<>();
                    object.put("address", lease.address().toString());
                    object.put("identity", lease.owner());
                    object.put(
                            "was",
                            Standing.of(lease, rest, Duration.ZERO, now)
                                    .name()
                                    .name()
                                    .toLowerCase(Locale.ROOT));
                    object.put("session", lease.session());
                    return object;
                })
                .toList();
    }

    static Map<String, Object> answer(List<Map<String, Object>> released, List<String> problems) {
        return Map.of("released", released, "problems", problems);
    }

    /** One of several leases was not ended. */
    static final class NotDoneException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String sentence;

        NotDoneException(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }
}
