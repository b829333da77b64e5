package org.homeport.aaa.dynauth;

import java.util.List;
import java.util.Optional;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;

/**
 * A living session, by everything that it can be told by (RFC 5176 section 3).
 *
 * @param id ours, for orders
 * @param userNames all names that the server knows it by
 * @param homeAddresses of both families
 * @param chargeableUserIdentity what its home realm bills by (RFC 4372)
 */
public record SessionView(
        String id,
        List<String> userNames,
        String accountingSessionId,
        Optional<String> multiSessionId,
        String callingStationId,
        String calledStationId,
        List<IpAddress> homeAddresses,
        Optional<Octets> chargeableUserIdentity) {
    public SessionView {
        userNames = List.copyOf(userNames);
        homeAddresses = List.copyOf(homeAddresses);
    }
}
