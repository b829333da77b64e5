package org.homeport.core.address;

import java.util.List;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;

/**
 * One home address, owned by one identity until it is released or expires.
 *
 * @param id names the lease in its store; stable over restarts
 * @param prefix the home prefix the address is of: its length goes out in INTERNAL_IP6_ADDRESS (RFC 4877 section 9)
 * @param dns name servers of the pool
 */
public record Lease(String id, IpAddress address, IpPrefix prefix, List<IpAddress> dns, String pool) {
    public Lease {
        dns = List.copyOf(dns);
    }
}
