package org.homeport.core.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.homeport.core.crypto.Crypto;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireWriter;

/**
 * Makes and recognizes cookies without remembering them (RFC 7296 section 2.6):
 *
 * <pre>Cookie = version of the secret (1 octet) | HMAC-SHA-256(secret, SPIi | length of IPi | IPi | Ni)</pre>
 *
 * <p>The RFC's example hashes Ni | IPi | SPIi. Here what has a fixed length comes first, and the address says how long
 * it is: else the tail of an IPv6 address could be read as an IPv4 address behind a longer nonce, and a cookie fetched
 * for one be good for the other.
 * KEi is left out, so that a cookie survives INVALID_KE_PAYLOAD (section 2.6.1); so is the port, which a NAT may change.
 *
 * <p>Safe for several threads.
 */
public final class CookieJar {
    private static final int SECRET_LENGTH = 32;

    private final Crypto crypto;
    private final RandomSource random;
    private final Duration lifetime;
    private Optional<Secrets> secrets = Optional.empty();

    /**
     * A jar with a fresh secret.
     *
     * @param lifetime how long a secret makes cookies; it recognizes them for as long again
     */
    public CookieJar(Crypto crypto, RandomSource random, Duration lifetime) {
        this.crypto = crypto;
        this.random = random;
        this.lifetime = lifetime;
    }

    /** A cookie for this initiator: 33 octets. */
    public Octets cookie(long spiInitiator, IpAddress initiator, Octets nonce, Instant now) {
        Secrets current = secrets(now);
        return cookie(current.version, current.secret, spiInitiator, initiator, nonce);
    }

    /** Whether a cookie is one we gave to this initiator, not too long ago. */
    public boolean accepts(Octets cookie, long spiInitiator, IpAddress initiator, Octets nonce, Instant now) {
        Secrets current = secrets(now);
        return cookie(current.version, current.secret, spiInitiator, initiator, nonce)
                        .equalsConstantTime(cookie)
                || current.previous.stream()
                        .anyMatch(previous -> cookie(current.version - 1, previous, spiInitiator, initiator, nonce)
                                .equalsConstantTime(cookie));
    }

    private Octets cookie(int version, Secret secret, long spiInitiator, IpAddress initiator, Octets nonce) {
        Octets hashed = new WireWriter()
                .bits64(spiInitiator)
                .u8(initiator.octets().length())
                .octets(initiator.octets())
                .octets(nonce)
                .toOctets();
        return Octets.of(version & 0xff).plus(crypto.hmacSha256(secret, hashed));
    }

    private synchronized Secrets secrets(Instant now) {
        Secrets current = secrets.orElseGet(() -> new Secrets(0, fresh(), Optional.empty(), now));
        Duration age = Duration.between(current.since, now);
        if (age.compareTo(lifetime) >= 0) {
            // After two lifetimes without a cookie the last secret is too old to recognize anything.
            boolean recent = age.compareTo(lifetime.multipliedBy(2)) < 0;
            current = new Secrets(
                    current.version + 1, fresh(), recent ? Optional.of(current.secret) : Optional.empty(), now);
        }
        secrets = Optional.of(current);
        return current;
    }

    private Secret fresh() {
        return Secret.copyOf(random.octets(SECRET_LENGTH));
    }

    private record Secrets(int version, Secret secret, Optional<Secret> previous, Instant since) {}
}
