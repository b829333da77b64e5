package org.homeport.core.message;

import java.util.List;

/** A message in the clear: header and payloads in wire order; what SK or SKF carried has been put in their place. */
public record IkeMessage(IkeHeader header, List<Payload> payloads) {
    public IkeMessage {
        payloads = List.copyOf(payloads);
    }
}
