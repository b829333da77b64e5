package org.homeport.xfrm;

import org.homeport.core.child.SaHandle;
import org.homeport.kit.IpAddress;

/** How the kernel tells one ESP SA from another: by its receiver and the receiver's SPI. */
record SaId(IpAddress destination, int spi) {
    static SaId inbound(SaHandle pair) {
        return new SaId(pair.local(), pair.inboundSpi());
    }

    static SaId outbound(SaHandle pair) {
        return new SaId(pair.remote(), pair.outboundSpi());
    }

    @Override
    public String toString() {
        return String.format("ESP SA %08x at %s", spi, destination);
    }
}
