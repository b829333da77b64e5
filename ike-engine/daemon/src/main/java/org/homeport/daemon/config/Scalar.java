package org.homeport.daemon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;

/**
 * How one word of the file becomes a value.
 *
 * @param expected in words, with an example: completes "expected ..."
 * @param parse throws {@link IllegalArgumentException} for what it cannot read, {@link Explained} where there is more
 *     to say than what was expected
 * @param words all that are allowed, if they can be listed
 */
record Scalar<T>(String expected, Function<String, T> parse, List<String> words) {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    static final Scalar<String> TEXT = of("some text", text -> {
        if (text.isBlank()) {
            throw new IllegalArgumentException("empty");
        }
        return text;
    });

    static final Scalar<IpAddress> ADDRESS = of("an IPv6 or IPv4 address, as 2001:db8::1", IpAddress::parse);

    static final Scalar<IpPrefix> PREFIX =
            of("a prefix, as 2001:db8:100::/64, with its host part zero", Scalar::prefix);

    static final Scalar<Integer> PORT = number(1, 65535);

    /** Port 0: the system picks one, as tests want it. */
    static final Scalar<Integer> PORT_OR_ANY = number(0, 65535);

    static final Scalar<Duration> DURATION_OR_NEVER = of(
            "a duration, as 500ms, 30s, 5m, 4h or 7d, or never",
            text -> text.equals("never") ? Duration.ZERO : duration(text));

    static final Scalar<Duration> POSITIVE_DURATION = of("a duration above zero, as 500ms, 30s, 5m, 4h or 7d", text -> {
        Duration duration = duration(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException();
        }
        return duration;
    });

    static final Scalar<Boolean> SWITCH = choice(
            Map.of("yes", true, "no", false, "true", true, "false", false, "on", true, "off", false), "yes or no");

    static final Scalar<Endpoint> ENDPOINT =
            of("an address and a port, as 127.0.0.1:9464 or [::1]:9464", Scalar::endpoint);

    /** Its message says what is wrong with the word. */
    static final class Explained extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Explained(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    static <T> Scalar<T> of(String expected, Function<String, T> parse) {
        return new Scalar<>(expected, parse, List.of());
    }

    static Scalar<Path> file(Reading reading) {
        return of("the name of a file", text -> reading.resolve(TEXT.parse().apply(text)));
    }

    static Scalar<Integer> number(int least, int most) {
        return of("a number from " + least + " to " + most, text -> {
            int value = Integer.parseInt(text);
            if (value < least || value > most) {
                throw new IllegalArgumentException();
            }
            return value;
        });
    }

    /** The constants of an enumeration, as {@code in-lower-case}. */
    static <E extends Enum<E>> Scalar<E> choice(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants())
                .forEach(e -> words.put(e.name().toLowerCase(Locale.ROOT).replace('_', '-'), e));
        return choice(words, listed(List.copyOf(words.keySet())));
    }

    /** One of some names, as they are. */
    static Scalar<String> choice(List<String> names, String expected) {
        return new Scalar<>(
                expected,
                text -> names.stream().filter(text::equals).findFirst().orElseThrow(IllegalArgumentException::new),
                names);
    }

    private static <T> Scalar<T> choice(Map<String, T> words, String expected) {
        return new Scalar<>(
                expected,
                text -> Optional.ofNullable(words.get(text.toLowerCase(Locale.ROOT)))
                        .orElseThrow(IllegalArgumentException::new),
                List.copyOf(words.keySet()));
    }

    private static String listed(List<String> words) {
        List<String> all = new ArrayList<>(words);
        String last = all.removeLast();
        return all.isEmpty() ? last : String.join(", ", all) + " or " + last;
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException();
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static IpPrefix prefix(String text) {
        IpPrefix prefix = IpPrefix.parse(text);
        if (!text.contains("/") || !prefix.address().equals(IpAddress.parse(text.substring(0, text.indexOf('/'))))) {
            throw new IllegalArgumentException();
        }
        return prefix;
    }

    private static Endpoint endpoint(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException();
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.contains(":") != bracketed) {
            throw new IllegalArgumentException();
        }
        IpAddress address = IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host);
        return new Endpoint(address, Integer.parseInt(text.substring(colon + 1)));
    }
}
