package org.homeport.aaa.radius;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A server, to look at. Counters begin with the client, hold both of its ports, and leave signs of life out.
 *
 * @param standing of where it takes authentication
 * @param since how long it has been so
 * @param accounting of where it takes accounting, if that is elsewhere
 * @param outstanding requests that wait for an answer
 * @param sent packets, retransmissions among them
 * @param answered requests
 * @param unanswered requests that were given up here: by silence, or by a link that broke or could not be made
 * @param discarded packets that were no answers, by reason
 * @param latency median of the last answers
 * @param trouble what went wrong last, until it is heard again
 * @param answers what answered, by code, as {@code access-accept}
 * @param timedOut those of {@code unanswered} that were given up by silence
 */
public record RadiusServerView(
        String name,
        Standing standing,
        Duration since,
        Optional<Standing> accounting,
        int outstanding,
        long sent,
        long retransmitted,
        long answered,
        long unanswered,
        Map<String, Long> discarded,
        Optional<Duration> latency,
        Optional<String> trouble,
        Map<String, Long> answers,
        long timedOut) {
    public RadiusServerView {
        answers = Map.copyOf(answers);
        discarded = Map.copyOf(discarded);
    }

    /** Whether it is asked. */
    public enum Standing {
        ALIVE,
        /** A request has waited for it a good while: others are asked first. */
        SUSPECT,
        /** It did not answer: left alone. */
        DEAD,
        /** It is dead, and being tried by a request or asked for a sign of life. */
        PROBING
    }
}
