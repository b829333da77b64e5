package org.homeport.aaa.dynauth;

import java.util.List;
import org.homeport.kit.IpAddress;

/**
 * Who we are to those that send orders.
 *
 * @param identifier NAS-Identifier
 * @param addresses that NAS-IPv6-Address and NAS-IP-Address may name
 */
public record NasIdentity(String identifier, List<IpAddress> addresses) {
    public NasIdentity {
        addresses = List.copyOf(addresses);
    }
}
