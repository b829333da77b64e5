package org.homeport.runtime;

import org.homeport.core.session.Framing;
import org.homeport.core.session.Path;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;

/**
 * One local address and its two sockets, ports resolved.
 *
 * @param plainPort 500 but in tests
 * @param markerPort 4500 but in tests
 */
public record Listening(IpAddress address, int plainPort, int markerPort) {
    public Endpoint endpoint(Framing framing) {
        return new Endpoint(
                address,
                switch (framing) {
                    case PLAIN -> plainPort;
                    case NON_ESP_MARKER -> markerPort;
                });
    }

    /** The path from here to a peer's endpoint: what an initiator starts with. */
    public Path pathTo(Endpoint remote, Framing framing) {
        return new Path(endpoint(framing), remote, framing);
    }
}
