package org.homeport.core.address;

import java.util.List;
import java.util.Optional;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;

/**
 * A proved identity asks for home addresses. Made only after the final AUTH was verified.
 *
 * @param identity IDi as it was proved by certificate or PSK, or claimed beside EAP
 * @param authorization holds the authenticated identity, by which leases are kept
 * @param wanted what CFG_REQUEST asked for, in its order; at most one per family is granted
 * @param pools the connection's pools, in order of preference
 * @param careOf where the node is
 * @param session correlation id, for the audit line
 */
public record LeaseRequest(
        PeerIdentity identity,
        Authorization authorization,
        List<Wanted> wanted,
        List<String> pools,
        Endpoint careOf,
        String session) {
    public LeaseRequest {
        wanted = List.copyOf(wanted);
        pools = List.copyOf(pools);
    }

    /** @param proposed an address the node would like; empty for any */
    public record Wanted(Family family, Optional<IpAddress> proposed) {}

    public enum Family {
        IPV4,
        IPV6
    }
}
