package org.homeport.daemon.observe;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.lease.ImportedLease;
import org.homeport.lease.StoredLease;
import org.homeport.lease.StoredLease.State;

/** A lease as {@code homeport leases export} writes it and {@code import} reads it: one JSON object on a line. */
public final class LeaseLine {
    private static final int VERSION = 1;
    private static final Set<String> KEYS = Set.of(
            "version",
            "address",
            "prefix-length",
            "pool",
            "identity",
            "session",
            "care-of",
            "care-of-port",
            "state",
            "granted-at",
            "released-at");

    private final int line;
    private final JsonObject object;

    private LeaseLine(int line, JsonObject object) {
        this.line = line;
        this.object = object;
    }

    public static Map<String, Object> write(StoredLease lease) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("version", VERSION);
        object.put("address", lease.address().toString());
        object.put("prefix-length", lease.prefix().length());
        object.put("pool", lease.pool());
        object.put("identity", lease.owner());
        object.put("session", lease.session());
        object.put("care-of", lease.careOf().address().toString());
        object.put("care-of-port", lease.careOf().port());
        object.put("state", lease.state().name().toLowerCase(Locale.ROOT));
        object.put("granted-at", lease.grantedAt().toString());
        lease.releasedAt().ifPresent(at -> object.put("released-at", at.toString()));
        return object;
    }

    /**
     * Reads a line.
     *
     * @param line its number, from 1
     * @throws IllegalArgumentException naming the line, the value and what was expected
     */
    public static ImportedLease read(int line, String text) {
        JsonObject object;
        try {
            object = Json.readObject(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "line " + line + ": expected one JSON object, as 'homeport leases export' writes it", e);
        }
        return new LeaseLine(line, object).lease();
    }

    private ImportedLease lease() {
        // First: a later version may have other keys.
        number("version", VERSION, VERSION);
        object.values().keySet().stream()
                .map(String::valueOf)
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException(
                            "line " + line + ": key '" + shown(key) + "' is unknown in version " + VERSION);
                });
        IpAddress address = text("address", "an IPv6 or IPv4 address", IpAddress::parse);
        State state = text("state", "held or released", word -> switch (word) {
            case "held" -> State.HELD;
            case "released" -> State.RELEASED;
            default -> throw new IllegalArgumentException();
        });
        Instant granted = text("granted-at", "a time from 1970 on, as 2026-11-23T10:00:00Z", LeaseLine::time);
        return new ImportedLease(
                line,
                address,
                number("prefix-length", 0, address.bits()),
                text("pool", "a name", LeaseLine::notEmpty),
                text("identity", "an identity", LeaseLine::notEmpty),
                text("session", "a session's id", LeaseLine::notEmpty),
                new Endpoint(
                        text("care-of", "an IPv6 or IPv4 address", IpAddress::parse),
                        number("care-of-port", 0, 0xffff)),
                state,
                granted,
                released(state, granted));
    }

    private Optional<Instant> released(State state, Instant granted) {
        if (state == State.RELEASED) {
            return Optional.of(text("released-at", "a time not before granted-at", text -> {
                Instant released = time(text);
                if (released.isBefore(granted)) {
                    throw new IllegalArgumentException();
                }
                return released;
            }));
        }
        if (object.has("released-at")) {
            throw wrong("released-at", "none, as the state is held");
        }
        return Optional.empty();
    }

    private <T> T text(String key, String expected, Function<String, T> parse) {
        if (!(object.values().get(key) instanceof String text)) {
            throw wrong(key, expected);
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(key, expected);
        }
    }

    private int number(String key, int least, int most) {
        if (object.values().get(key) instanceof Integer number && number >= least && number <= most) {
            return number;
        }
        throw wrong(key, least == most ? String.valueOf(least) : "a number from " + least + " to " + most);
    }

    private static Instant time(String text) {
        try {
            Instant time = Instant.parse(text);
            if (time.isBefore(Instant.EPOCH)) {
                throw new IllegalArgumentException();
            }
            return time;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private IllegalArgumentException wrong(String key, String expected) {
        return new IllegalArgumentException("line " + line + ": " + key + " "
                + (object.has(key) ? "'" + shown(object.text(key)) + "'" : "is missing") + ": expected " + expected);
    }

    /** Whoever wrote the file may have written anything. */
    private static String shown(String text) {
        String escaped = Json.write(text);
        return escaped.substring(1, escaped.length() - 1);
    }
}
