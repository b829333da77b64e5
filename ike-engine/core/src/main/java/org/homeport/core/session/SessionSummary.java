package org.homeport.core.session;

import java.util.List;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.child.SaPlan;
import org.homeport.kit.IpAddress;

/**
 * An established session, for status and listeners.
 *
 * @param homeAddresses what CFG_REPLY said, at either side
 * @param children live pairs
 */
public record SessionSummary(
        String session,
        String connection,
        PeerIdentity peer,
        Authorization authorization,
        Path path,
        long spiInitiator,
        long spiResponder,
        String suite,
        List<HomeAddress> homeAddresses,
        List<IpAddress> dns,
        List<SaPlan> children) {
    /** @param prefixLength 0..128, or 0..32 for IPv4 */
    public record HomeAddress(IpAddress address, int prefixLength) {}
}
