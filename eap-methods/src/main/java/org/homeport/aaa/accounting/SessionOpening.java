package org.homeport.aaa.accounting;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A session that is to be accounted from now on.
 *
 * @param session correlation id, for its traffic and its end
 * @param running names of its counters
 * @param interimInterval as its AAA wants it (RFC 2869 section 5.16)
 * @param idleTimeout silence after which it is to end (RFC 2865 section 5.28)
 */
public record SessionOpening(
        String session,
        AccountedSession facts,
        List<String> running,
        Optional<Duration> interimInterval,
        Optional<Duration> idleTimeout) {
    public SessionOpening {
        running = List.copyOf(running);
    }
}
