package org.homeport.core.session;

import org.homeport.kit.Endpoint;

/** Where a datagram came in and from whom; an answer leaves the same way. */
public record Path(Endpoint local, Endpoint remote, Framing framing) {}
