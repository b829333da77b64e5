package org.homeport.eap;

import org.homeport.kit.Octets;

/**
 * The peer side of an authentication method, for one conversation. Sees type data only. Octets of a server make no
 * unchecked exception.
 */
public interface PeerMethod {
    EapType type();

    String name();

    /**
     * Takes a Request.
     *
     * @param identifier the Request's, which some methods hash
     */
    PeerStep handle(Octets typeData, int identifier);
}
