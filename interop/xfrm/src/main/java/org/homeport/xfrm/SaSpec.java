package org.homeport.xfrm;

import java.time.Duration;
import java.util.Optional;
import org.homeport.core.child.EspKeys;
import org.homeport.core.child.SaMode;
import org.homeport.kit.IpAddress;

/**
 * One ESP SA for the kernel.
 *
 * @param selector empty: the policies alone say what may pass (tunnels)
 * @param replayWindow in packets, a multiple of 32; 0 for an outbound SA
 * @param hardLifetime zero: for ever
 */
record SaSpec(
        SaId id,
        IpAddress source,
        int reqid,
        SaMode mode,
        Optional<XfrmSelector> selector,
        KernelAlgorithm algorithm,
        EspKeys keys,
        Optional<UdpPorts> encapsulation,
        SequenceNumbers sequenceNumbers,
        int replayWindow,
        Duration hardLifetime) {

    /** As the packets of this direction carry them. */
    record UdpPorts(int source, int destination) {}

    enum SequenceNumbers {
        BITS_32,
        /** Extended (RFC 4303 section 2.2.1). */
        BITS_64
    }
}
