package org.homeport.eap;

import org.homeport.kit.Octets;

/**
 * The server side of an authentication method, for one conversation. Sees type data only; packets, identifiers,
 * Naks and the end belong to {@link EapAuthenticator}. Octets of a peer make no unchecked exception.
 */
public interface ServerMethod {
    EapType type();

    /** For logs and the audit, as "MSCHAPV2". */
    String name();

    /**
     * The first Request.
     *
     * @param identifier the Identifier that it will have
     */
    ServerStep begin(int identifier);

    /**
     * A Response to the last Request.
     *
     * @param nextIdentifier the Identifier of the next Request, if one is made
     */
    ServerStep respond(Octets typeData, int nextIdentifier);
}
