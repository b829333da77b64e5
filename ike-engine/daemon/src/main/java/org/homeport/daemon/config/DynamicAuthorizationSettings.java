package org.homeport.daemon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpPrefix;

/**
 * Who may end and change sessions (RFC 5176).
 *
 * @param clients one at least
 * @param window how far the time in a request may be off, and how long its answer is kept
 */
public record DynamicAuthorizationSettings(List<Endpoint> listen, List<Client> clients, Duration window) {
    public static final int PORT = 3799;
    /** RFC 5176 section 6.3. */
    public static final Duration WINDOW = Duration.ofSeconds(300);

    public DynamicAuthorizationSettings {
        listen = List.copyOf(listen);
        clients = List.copyOf(clients);
    }

    /**
     * One of them.
     *
     * @param secret the file with the shared secret
     * @param realms whose sessions it may name, by the names of their routes; empty: all sessions
     */
    public record Client(String name, List<IpPrefix> addresses, Path secret, List<String> realms) {
        public Client {
            addresses = List.copyOf(addresses);
            realms = List.copyOf(realms);
        }
    }
}
