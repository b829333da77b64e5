package org.homeport.aaa.radius;

import java.util.Optional;
import java.util.stream.Stream;
import org.homeport.aaa.radius.RadiusRequest.Kind;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** One server: where it takes authentication, where accounting, and what is counted of it. On the client's thread. */
final class RadiusServer {
    private final RadiusServerSettings settings;
    private final Secret secret;
    private final Tally tally = new Tally();
    private final Destination authentication;
    /** A TLS connection takes everything (RFC 6614 section 2.1). */
    private final Optional<Destination> accounting;

    RadiusServer(RadiusServerSettings settings, Link.Dialer dialer, Ticker ticker, RandomSource random) {
        this.settings = settings;
        this.secret = settings.secret();
        Jitter jitter = new Jitter(random);
        this.authentication = new Destination(settings, Kind.ACCESS, dialer, ticker, jitter, secret, tally);
        this.accounting = settings.retransmits()
                ? Optional.of(new Destination(settings, Kind.ACCOUNTING, dialer, ticker, jitter, secret, tally))
                : Optional.empty();
    }

    RadiusServerSettings settings() {
        return settings;
    }

    Secret secret() {
        return secret;
    }

    /** Where such a request goes. */
    Destination destination(Kind kind) {
        return kind == Kind.ACCOUNTING ? accounting.orElse(authentication) : authentication;
    }

    RadiusServerView view() {
        return new RadiusServerView(
                settings.name(),
                authentication.standing(),
                authentication.inThatStanding(),
                accounting.map(Destination::standing),
                destinations().mapToInt(Destination::outstanding).sum(),
                tally.sent,
                tally.retransmitted,
                tally.answered(),
                tally.unanswered,
                tally.discarded(),
                tally.latencies.median(),
                tally.trouble,
                tally.answers(),
                tally.timedOut);
    }

    void close() {
        destinations().forEach(Destination::close);
    }

    private Stream<Destination> destinations() {
        return Stream.concat(Stream.of(authentication), accounting.stream());
    }
}
