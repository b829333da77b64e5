package org.homeport.core.child;

import org.homeport.kit.IpAddress;

/** Names an installed pair of ESP SAs: our inbound SPI with our address, the outbound SPI with the peer's. */
public record SaHandle(int reqid, int inboundSpi, int outboundSpi, IpAddress local, IpAddress remote) {}
