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
 * @param authorizing who says what a peer may have that proves itself by certificate or key; with EAP it is the AAA
 * @param pools names of home-address pools, in order of preference; empty: no configuration payload is answered
 */
public record Connection(
        String name,
        PeerIdentity local,
        IdentityPattern remote,
        LocalAuth localAuth,
        RemoteAuth remoteAuth,
        Authorizing authorizing,
        List<Proposal> ikeProposals,
        List<ChildPolicy> children,
        List<String> pools,
        Timing timing) {
    public Connection {
        ikeProposals = List.copyOf(ikeProposals);
        children = List.copyOf(children);
        pools = List.copyOf(pools);
    }

    /** Whom the proof is enough. */
    public Connection(
            String name,
            PeerIdentity local,
            IdentityPattern remote,
            LocalAuth localAuth,
            RemoteAuth remoteAuth,
            List<Proposal> ikeProposals,
            List<ChildPolicy> children,
            List<String> pools,
            Timing timing) {
        this(name, local, remote, localAuth, remoteAuth, Authorizing.BY_PROOF, ikeProposals, children, pools, timing);
    }

    /** What it takes to be served. */
    public enum Authorizing {
        /** Whoever proves to be one of the connection's peers is. */
        BY_PROOF,
        /** {@link org.homeport.core.port.AuthorizationPort} is asked first. */
        BY_BACKEND
    }
}
