package org.homeport.aaa.radius;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is counted of one server. Signs of life do not count (RFC 5997 section 4.6.2). */
final class Tally {
    final Latencies latencies = new Latencies();
    long sent;
    long retransmitted;
    long unanswered;
    long timedOut;
    /** What went wrong last between us and the server, until it is heard again. */
    Optional<String> trouble = Optional.empty();

    private final Map<RadiusCode, Long> answers = new EnumMap<>(RadiusCode.class);
    private final Map<Objection, Long> discarded = new EnumMap<>(Objection.class);

    void answer(RadiusCode code) {
        answers.merge(code, 1L, Long::sum);
    }

    void discard(Objection objection) {
        discarded.merge(objection, 1L, Long::sum);
    }

    long answered() {
        return answers.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<String, Long> answers() {
        return answers.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toString().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }

    Map<String, Long> discarded() {
        return discarded.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
    }
}
