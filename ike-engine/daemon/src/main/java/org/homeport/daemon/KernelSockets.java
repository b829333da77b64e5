package org.homeport.daemon;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import org.homeport.core.session.Framing;
import org.homeport.kit.Endpoint;
import org.homeport.runtime.SocketPrepared;
import org.homeport.xfrm.UdpSocketOptions;
import org.homeport.xfrm.XfrmUnavailableException;

/** What IKE's sockets need beside a kernel with policies: a way past them, and ESP in UDP taken out (RFC 3948). */
public final class KernelSockets implements SocketPrepared {
    @Override
    public void prepare(DatagramChannel channel, Endpoint local, Framing framing) throws IOException {
        try {
            UdpSocketOptions.bypass(local.toSocketAddress());
            switch (framing) {
                case PLAIN -> {}
                case NON_ESP_MARKER -> UdpSocketOptions.decapsulateEsp(local.toSocketAddress());
            }
        } catch (XfrmUnavailableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
