package org.homeport.daemon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.IpAddress;

/**
 * A RADIUS server.
 *
 * @param port for authentication; over TLS for everything
 * @param accountingPort of UDP
 * @param source of our requests
 * @param retransmits waits before each retransmission, and before giving up
 * @param deadTime how long a server that does not answer is left alone
 */
public record ServerSettings(
        String name,
        IpAddress address,
        int port,
        int accountingPort,
        Transport transport,
        Optional<IpAddress> source,
        List<Duration> retransmits,
        Duration deadTime,
        StatusServer statusServer) {
    public static final int PORT = 1812;
    public static final int ACCOUNTING_PORT = 1813;
    /** RadSec (RFC 6614 section 2.1). */
    public static final int TLS_PORT = 2083;
    /** RFC 5080 section 2.2.1, ended early: the peer waits. */
    public static final List<Duration> RETRANSMITS =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));

    public static final Duration DEAD_TIME = Duration.ofSeconds(30);

    public ServerSettings {
        retransmits = List.copyOf(retransmits);
    }

    /** How it is reached. */
    public sealed interface Transport {
        /** @param secret the file with the shared secret */
        record Udp(Path secret) implements Transport {}

        /**
         * RadSec.
         *
         * @param serverName which its certificate has to be for
         */
        record Tls(String serverName, Path certificate, Path privateKey, List<Path> trustAnchors) implements Transport {
            public Tls {
                trustAnchors = List.copyOf(trustAnchors);
            }
        }
    }

    /** Whether a server is asked for a sign of life (RFC 5997). */
    public enum StatusServer {
        YES,
        NO
    }
}
