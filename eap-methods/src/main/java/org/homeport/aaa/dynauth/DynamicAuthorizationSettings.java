package org.homeport.aaa.dynauth;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Secret;

/**
 * Whose orders are taken.
 *
 * @param window how far an Event-Timestamp may be off, and how long answers are kept: one and the same (RFC 5176
 *     section 6.3)
 */
public record DynamicAuthorizationSettings(
        List<Endpoint> listen, List<Client> clients, Duration window, NasIdentity nas) {
    public DynamicAuthorizationSettings {
        listen = List.copyOf(listen);
        clients = List.copyOf(clients);
    }

    /** @param addresses from which it sends: by them its secret is found (RFC 5176 section 2.3) */
    public record Client(String name, List<IpPrefix> addresses, Secret secret) {
        public Client {
            addresses = List.copyOf(addresses);
        }
    }

    /** The client at an address: the first that has it. */
    Optional<Client> clientAt(IpAddress address) {
        return clients.stream()
                .filter(client -> client.addresses().stream().anyMatch(prefix -> prefix.contains(address)))
                .findFirst();
    }
}
