package org.homeport.aaa.radius;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is counted of one server. Signs of life do not count (RFC 5997 section 4.6.2). */
final class Tally {
    final Latencies latencies = new Latencies();
    long sent;
    long retransmitted;
    long answered;
    long unanswered;
    /** What went wrong last between us and the server, until it is heard again. */
    Optional<String> trouble = Optional.empty();

    private final Map<Objection, Long> discarded = new EnumMap<>(Objection.class);

    void discard(Objection objection) {
        discarded.merge(objection, 1L, Long::sum);
    }

    Map<String, Long> discarded() {
        return discarded.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
    }
}
