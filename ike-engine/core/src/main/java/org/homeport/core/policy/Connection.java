package org.homeport.core.policy;

import java.util.List;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.message.Proposal;

/**
 * What one kind of peer may do, and how we and it prove who we are.
 *
 * @param name for people and logs
 * @param local our identity (IDr as responder)
 * @param remote which peer identities this connection is for
 * @param localAuth how we authenticate
 * @param remoteAuth how the peer has to
 * @param ikeProposals in order of preference, SPIs empty
 * @param children the first is the one IKE_AUTH makes
 * @param pools names of home-address pools, in order of preference; empty: no configuration payload is answered
 */
public record Connection(
        String name,
        PeerIdentity local,
        IdentityPattern remote,
        LocalAuth localAuth,
        RemoteAuth remoteAuth,
        List<Proposal> ikeProposals,
        List<ChildPolicy> children,
        List<String> pools,
        Timing timing) {
    public Connection {
        ikeProposals = List.copyOf(ikeProposals);
        children = List.copyOf(children);
        pools = List.copyOf(pools);
    }
}
