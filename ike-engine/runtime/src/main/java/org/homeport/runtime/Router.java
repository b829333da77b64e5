package org.homeport.runtime;

import java.time.Instant;
import java.util.Optional;
import org.homeport.core.endpoint.IkeEndpoint;
import org.homeport.core.endpoint.Routing;
import org.homeport.core.message.MessageDecoder;
import org.homeport.core.session.Path;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/** Decides, before any session is looked at, where a datagram goes: {@link IkeEndpoint}, but in the runtime's own tests. */
public interface Router {
    /**
     * Called by the edge's thread; never throws for a peer's bytes.
     *
     * @param halfOpen responder sessions that are not established yet, for admission
     */
    Routing route(Path path, Octets datagram, int halfOpen, Instant now);

    /** The answer to a datagram that was routed to a session, but whose SPI nobody has; called on any thread. */
    Optional<Octets> unknownSpiAnswer(Octets datagram);

    static Router of(IkeEndpoint endpoint) {
        return new Router() {
            @Override
            public Routing route(Path path, Octets datagram, int halfOpen, Instant now) {
                return endpoint.route(path, datagram, halfOpen, now);
            }

            @Override
            public Optional<Octets> unknownSpiAnswer(Octets datagram) {
                try {
                    return IkeEndpoint.unknownSpiAnswer(MessageDecoder.header(datagram));
                } catch (WireException e) {
                    return Optional.empty();
                }
            }
        };
    }
}
