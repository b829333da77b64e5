package org.homeport.daemon.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.aaa.radius.eap.OuterIdentity;

/**
 * Who judges peers: the AAA in this process, RADIUS servers, or either, by realm.
 *
 * @param embedded the AAA in this process, if there is one
 * @param servers RADIUS servers, in the order of the file; their names are unique
 * @param patience how long one Access-Request may take, over all servers of its realm
 * @param realms which AAA is asked for whom, in the order of the file; every server that one names exists
 * @param defaultRealm of names without one
 * @param outerIdentity what is done with peers whose AAA does not say who was in the tunnel
 * @param nas how we present ourselves to RADIUS servers
 */
public record AaaSettings(
        Optional<EmbeddedSettings> embedded,
        List<ServerSettings> servers,
        Duration patience,
        List<RealmSettings> realms,
        Optional<String> defaultRealm,
        OuterIdentity outerIdentity,
        NasSettings nas) {
    /** Half of what an initial exchange may take: a peer that waits can still be told. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    public AaaSettings {
        servers = List.copyOf(servers);
        realms = List.copyOf(realms);
    }

    /**
     * How we present ourselves.
     *
     * @param identifier NAS-Identifier; our identity if empty
     * @param operatorName the realm of Operator-Name (RFC 5580 section 4.1)
     */
    public record NasSettings(Optional<String> identifier, Optional<String> operatorName) {}
}
