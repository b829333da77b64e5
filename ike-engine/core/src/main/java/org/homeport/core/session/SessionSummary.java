package org.homeport.core.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.child.SaPlan;
import org.homeport.kit.IpAddress;

/**
 * An established session, for status and listeners.
 *
 * @param homeAddresses what CFG_REPLY said, at either side
 * @param children live pairs
 * @param authorizedUntil when the initiator's authentication ceases to count, if it does (RFC 4478); at the responder it
 *     is the end of the session, the initiator had better authenticate anew before
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
        List<SaPlan> children,
        Optional<Instant> authorizedUntil) {
    /** @param prefixLength 0..128, or 0..32 for IPv4 */
    public record HomeAddress(IpAddress address, int prefixLength) {}
}
