package org.homeport.runtime;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import org.homeport.core.session.Framing;
import org.homeport.kit.Endpoint;

/** Called with each socket once it is bound and before anything is read from it: for UDP_ENCAP and IPsec bypass policies. */
@FunctionalInterface
public interface SocketPrepared {
    SocketPrepared NOTHING = (channel, local, framing) -> {};

    /**
     * Prepares one socket.
     *
     * @param channel bound; neither to be closed nor read
     * @param local where it is bound, the port resolved
     * @throws IOException to refuse the socket: listening fails with it
     */
    void prepare(DatagramChannel channel, Endpoint local, Framing framing) throws IOException;
}
