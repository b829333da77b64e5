package org.homeport.aaa.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an AAA has not acknowledged yet.
 *
 * @param records how many
 * @param oldest when the first of them was made
 * @param trouble why the last attempt failed, while none since has been acknowledged
 */
public record Backlog(String route, int records, Optional<Instant> oldest, Optional<String> trouble) {
    /** Of the oldest record; zero if there is none. */
    public Duration age(Instant now) {
        return oldest.map(at -> Duration.between(at, now))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }
}
