package org.homeport.core.child;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.core.message.TrafficSelector;
import org.homeport.kit.IpAddress;

/**
 * A pair of ESP SAs and their policies, ready to be installed.
 *
 * @param name the child's name in the configuration, for people
 * @param reqid binds policies to SAs; unique per child of this engine unless configured
 * @param local our outer address (tunnel) or address (transport); {@code remote} the peer's
 * @param localSelectors narrowed, on our side; {@code remoteSelectors} on the peer's
 * @param encapsulation UDP ports when NAT was found (RFC 3948)
 * @param hardLifetime after which the kernel drops the SAs should we be gone; zero: never, as children are not rekeyed
 */
public record SaPlan(
        String name,
        int reqid,
        SaMode mode,
        EspSuite suite,
        EspKeys inbound,
        EspKeys outbound,
        IpAddress local,
        IpAddress remote,
        List<TrafficSelector> localSelectors,
        List<TrafficSelector> remoteSelectors,
        Optional<UdpEncapsulation> encapsulation,
        Duration hardLifetime) {
    public SaPlan {
        localSelectors = List.copyOf(localSelectors);
        remoteSelectors = List.copyOf(remoteSelectors);
    }

    /** @param localPort ours, 4500 but in tests; @param remotePort the peer's as we see it */
    public record UdpEncapsulation(int localPort, int remotePort) {}

    /** The handle by which the pair is removed or replaced. */
    public SaHandle handle() {
        return new SaHandle(reqid, inbound.spi(), outbound.spi(), local, remote);
    }
}
