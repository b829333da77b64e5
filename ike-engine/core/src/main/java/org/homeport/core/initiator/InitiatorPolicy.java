package org.homeport.core.initiator;

import java.util.List;
import java.util.Optional;
import org.homeport.core.address.LeaseRequest.Wanted;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.policy.Connection;
import org.homeport.core.session.Path;

/**
 * What an initiator sets out to do.
 *
 * @param connection its {@code local} is IDi, its {@code remote} the identity the responder has to prove, its first child
 *     the one of IKE_AUTH
 * @param askFor IDr to ask for, if the responder has several identities
 * @param wanted home addresses to ask for
 * @param start where IKE_SA_INIT goes: port 500
 * @param floated where IKE goes once a NAT was found: port 4500 (RFC 7296 section 2.23)
 * @param floating whether to go there even without one
 */
public record InitiatorPolicy(
        Connection connection,
        Optional<PeerIdentity> askFor,
        List<Wanted> wanted,
        Path start,
        Path floated,
        Floating floating) {
    public InitiatorPolicy {
        wanted = List.copyOf(wanted);
    }

    /** When IKE moves to port 4500. */
    public enum Floating {
        BEHIND_NAT,
        ALWAYS
    }
}
