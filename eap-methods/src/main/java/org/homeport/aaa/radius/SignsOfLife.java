package org.homeport.aaa.radius;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.aaa.radius.RadiusServerSettings.Transport;

/**
 * Asks a server that is silent for a sign of life, until there is one (RFC 5997 section 4.3). Over UDP at a steady pace;
 * where a connection has to be made first, "with exponentially growing intervals between every try" (RFC 6614 section
 * 2.3).
 */
final class SignsOfLife {
    private static final Duration STEADY = Duration.ofSeconds(5);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final RadiusServerSettings settings;
    private final Ticker ticker;
    private final Jitter jitter;
    private final Consumer<Consumer<Attempt.Result>> asking;
    private Optional<Ticker.Alarm> next = Optional.empty();
    private Duration pause = Duration.ZERO;
    private boolean wanted;
    private boolean underWay;

    /** @param asking asks once, and tells what came of it */
    SignsOfLife(
            RadiusServerSettings settings, Ticker ticker, Jitter jitter, Consumer<Consumer<Attempt.Result>> asking) {
        this.settings = settings;
        this.ticker = ticker;
        this.jitter = jitter;
        this.asking = asking;
    }

    /** From now on it is asked, soon and again and again. */
    void begin() {
        if (!wanted && settings.probing() == RadiusServerSettings.Probing.STATUS_SERVER) {
            wanted = true;
            pause = FIRST;
            later();
        }
    }

    /** There is no more need. */
    void end() {
        wanted = false;
        next.ifPresent(Ticker.Alarm::cancel);
        next = Optional.empty();
    }

    boolean areAskedFor() {
        return underWay;
    }

    private void later() {
        if (!wanted || underWay || next.isPresent()) {
            return;
        }
        next = Optional.of(ticker.after(jitter.vary(pause), () -> {
            next = Optional.empty();
            underWay = true;
            asking.accept(result -> {
                underWay = false;
                pause = switch (settings.transport()) {
                    case Transport.Udp udp -> STEADY;
                    case Transport.Tls tls ->
                        pause.compareTo(LONGEST.dividedBy(2)) > 0 ? LONGEST : pause.multipliedBy(2);
                };
                later();
            });
        }));
    }
}
