package org.homeport.eap;

import org.homeport.kit.Octets;

/**
 * The peer side of an authentication method, for one conversation. Sees type data only. Octets of a server make no
 * unchecked exception.
 */
public interface PeerMethod {
    EapType type();

    String name();

    /** @param identifier of the Request, which some methods hash */
    PeerStep handle(Octets typeData, int identifier);
}
