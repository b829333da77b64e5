package org.homeport.lease;

import java.util.Optional;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;

/**
 * An identity is to have an address.
 *
 * @param owner the authenticated identity
 * @param authority by whose word
 * @param displaces somebody else's released lease of this address that goes with it
 */
public record Claim(
        IpAddress address,
        IpPrefix prefix,
        String pool,
        String owner,
        String session,
        Endpoint careOf,
        Authority authority,
        Optional<LeaseId> displaces) {}
