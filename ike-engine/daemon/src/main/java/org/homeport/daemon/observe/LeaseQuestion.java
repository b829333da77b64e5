package org.homeport.daemon.observe;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.homeport.kit.IpAddress;
import org.homeport.lease.LeaseFilter;

/**
 * Which leases somebody wants to see.
 *
 * @param at who had them then, in place of how they stand
 */
public record LeaseQuestion(LeaseFilter filter, Optional<Instant> at) {
    /** For the control socket. */
    public Map<String, Object> asked() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("command", "leases");
        filter.address().ifPresent(address -> object.put("address", address.toString()));
        filter.identity().ifPresent(identity -> object.put("identity", identity));
        at.ifPresent(time -> object.put("at", time.toString()));
        return object;
    }

    /** @throws IllegalArgumentException naming the value and what was expected */
    public static LeaseQuestion of(JsonObject asked) {
        return new LeaseQuestion(
                new LeaseFilter(address(asked), text(asked, "identity")),
                text(asked, "at").map(LeaseQuestion::time));
    }

    /** @throws IllegalArgumentException naming the value and what was expected */
    public static Optional<IpAddress> address(JsonObject asked) {
        return text(asked, "address").map(IpAddress::parse);
    }

    public static Optional<String> text(JsonObject asked, String key) {
        return asked.has(key) ? Optional.of(asked.text(key)) : Optional.empty();
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no time, as 2026-11-23T10:00:00Z", e);
        }
    }

    /** Why the history cannot tell. @param history how long it is kept */
    public Optional<String> beyond(Duration history, Instant now) {
        Instant from = now.minus(history);
        return at.flatMap(time -> {
            if (time.isAfter(now)) {
                return Optional.of(time + " is still to come");
            }
            return time.isBefore(from)
                    ? Optional.of(time + " is before the history begins: it is kept since " + from
                            + " (lease-history in the configuration)")
                    : Optional.empty();
        });
    }
}
