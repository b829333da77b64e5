package org.homeport.core.exchange;

import java.util.List;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.message.Payload;
import org.homeport.core.protection.NatDetection;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Path;
import org.homeport.kit.Octets;

/** Who sits behind a NAT (RFC 7296 section 2.23). */
public enum NatSituation {
    NONE,
    WE,
    PEER,
    BOTH,
    /** The peer did not say: it does no NAT traversal. */
    UNKNOWN;

    public boolean found() {
        return this == WE || this == PEER || this == BOTH;
    }

    public boolean peerIsBehind() {
        return this == PEER || this == BOTH;
    }

    public boolean weAreBehind() {
        return this == WE || this == BOTH;
    }

    /** Our two notifies, for a message with these SPIs. */
    public static List<Payload> notifies(Crypto crypto, long spiInitiator, long spiResponder, Path path) {
        return List.of(
                Payload.Notify.of(
                        NotifyType.NAT_DETECTION_SOURCE_IP,
                        NatDetection.hash(crypto, spiInitiator, spiResponder, path.local())),
                Payload.Notify.of(
                        NotifyType.NAT_DETECTION_DESTINATION_IP,
                        NatDetection.hash(crypto, spiInitiator, spiResponder, path.remote())));
    }

    /** What the peer's IKE_SA_INIT message says; one of several SOURCE hashes has to fit. */
    public static NatSituation of(Crypto crypto, Inbound init) {
        List<Octets> sources = hashes(init, NotifyType.NAT_DETECTION_SOURCE_IP);
        List<Octets> destinations = hashes(init, NotifyType.NAT_DETECTION_DESTINATION_IP);
        if (sources.isEmpty() || destinations.isEmpty()) {
            return UNKNOWN;
        }
        long spiInitiator = init.message().header().spiInitiator();
        long spiResponder = init.message().header().spiResponder();
        Path path = init.path();
        boolean peer = !sources.contains(NatDetection.hash(crypto, spiInitiator, spiResponder, path.remote()));
        boolean we = !destinations.contains(NatDetection.hash(crypto, spiInitiator, spiResponder, path.local()));
        return peer ? (we ? BOTH : PEER) : we ? WE : NONE;
    }

    private static List<Octets> hashes(Inbound init, NotifyType type) {
        return init.all(Payload.Notify.class).stream()
                .filter(n -> n.notifyType().equals(type))
                .map(Payload.Notify::data)
                .toList();
    }
}
