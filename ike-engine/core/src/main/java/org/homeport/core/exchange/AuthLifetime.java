package org.homeport.core.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Turn;
import org.homeport.kit.Octets;

/**
 * AUTH_LIFETIME: how long the responder takes the initiator's authentication for good (RFC 4478 section 3).
 *
 * @param seconds left, 0..2^32-1; 0: authenticate anew at once
 */
public record AuthLifetime(long seconds) {
    private static final long MOST = 0xffff_ffffL;

    public AuthLifetime {
        if (seconds < 0 || seconds > MOST) {
            throw new IllegalArgumentException("an authentication lifetime of " + seconds + " seconds");
        }
    }

    /** What fits the field: whole seconds, nothing that is over, nothing beyond 136 years. */
    public static AuthLifetime of(Duration left) {
        return new AuthLifetime(Math.clamp(left.toSeconds(), 0, MOST));
    }

    /** The one in a message; one that does not have the length of a number says nothing. */
    public static Optional<AuthLifetime> in(Inbound message) {
        return message.notification(NotifyType.AUTH_LIFETIME)
                .map(Payload.Notify::data)
                .filter(data -> data.length() == 4)
                .map(data ->
                        new AuthLifetime((long) data.at(0) << 24 | data.at(1) << 16 | data.at(2) << 8 | data.at(3)));
    }

    public Payload.Notify notification() {
        return Payload.Notify.of(
                NotifyType.AUTH_LIFETIME,
                Octets.of(
                        (int) (seconds >>> 24),
                        (int) (seconds >>> 16) & 0xff,
                        (int) (seconds >>> 8) & 0xff,
                        (int) seconds & 0xff));
    }

    public Duration duration() {
        return Duration.ofSeconds(seconds);
    }

    /** The responder told us. @return when its patience ends */
    public Instant heard(Turn turn) {
        Instant end = until(turn.now());
        turn.info("auth.lifetime", "seconds", String.valueOf(seconds), "until", end.toString());
        return end;
    }

    public Instant until(Instant now) {
        return now.plusSeconds(seconds);
    }
}
