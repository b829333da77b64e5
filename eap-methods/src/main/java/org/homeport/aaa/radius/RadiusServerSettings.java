package org.homeport.aaa.radius;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Secret;

/**
 * A server and how to ask it.
 *
 * @param name for the operator; unique
 * @param accounting where accounting goes; over TLS the same as {@code authentication}
 * @param source of our packets; by the route if empty
 * @param waits before each retransmission, then before giving up: each is varied by a tenth (RFC 5080 section 2.2.1).
 *     Over TLS nothing is retransmitted (RFC 6614 section 2.4), and their sum is the longest wait
 * @param deadTime after which a server that did not answer is tried again
 */
public record RadiusServerSettings(
        String name,
        Endpoint authentication,
        Endpoint accounting,
        Transport transport,
        Optional<IpAddress> source,
        List<Duration> waits,
        Duration deadTime,
        Probing probing) {
    public RadiusServerSettings {
        if (waits.isEmpty()) {
            throw new IllegalArgumentException("server " + name + " without a wait");
        }
        waits = List.copyOf(waits);
    }

    /** How it is reached. */
    public sealed interface Transport {
        record Udp(Secret secret) implements Transport {}

        /**
         * RadSec (RFC 6614), both sides with certificates.
         *
         * @param serverName that the server's certificate has to be for
         * @param chain ours, the end entity's first
         * @param trustAnchors who vouch for the server
         */
        record Tls(String serverName, List<X509Certificate> chain, PrivateKey key, List<X509Certificate> trustAnchors)
                implements Transport {
            public Tls {
                chain = List.copyOf(chain);
                trustAnchors = List.copyOf(trustAnchors);
            }
        }
    }

    /** Whether a server is asked for a sign of life by Status-Server (RFC 5997). */
    public enum Probing {
        STATUS_SERVER,
        NONE
    }

    /** RFC 6614 section 2.3 has one secret for all. */
    Secret secret() {
        return switch (transport) {
            case Transport.Udp udp -> udp.secret();
            case Transport.Tls tls -> Secret.utf8("radsec");
        };
    }

    boolean retransmits() {
        return transport instanceof Transport.Udp;
    }

    /** How long it may take to know that it does not answer. */
    Duration patience() {
        return waits.stream().reduce(Duration.ZERO, Duration::plus);
    }
}
