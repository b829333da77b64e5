package org.homeport.testbeds.mn;

import java.util.List;
import java.util.Optional;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.message.Proposal;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.policy.Timing;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;

/**
 * What a mobile node is born with: RFC 4640's "minimal initial configuration", and how to use it.
 *
 * @param gateway the home agent, at its IKE port
 * @param gatewayNatPort its port behind NATs
 * @param gatewayIdentity whom it has to prove to be
 * @param askFor whether its identity goes out as IDr
 * @param careOf our address; empty: the one the route to the gateway gives
 * @param port ours, 0 for any; {@code natPort} likewise
 * @param identity NAI, or what the certificate says
 * @param eap {@link EapPeers#none} with other authentication
 * @param wanted families of home addresses to ask for
 * @param children the first is made with IKE_AUTH
 */
public record NodeSettings(
        Endpoint gateway,
        int gatewayNatPort,
        String gatewayIdentity,
        AskFor askFor,
        Optional<IpAddress> careOf,
        int port,
        int natPort,
        PeerIdentity identity,
        LocalAuth localAuth,
        RemoteAuth remoteAuth,
        EapPeers eap,
        List<Family> wanted,
        List<Proposal> ikeProposals,
        List<ChildPolicy> children,
        Timing timing) {
    /** Whether IDr is sent. */
    public enum AskFor {
        GATEWAY_IDENTITY,
        ANYBODY
    }
}
