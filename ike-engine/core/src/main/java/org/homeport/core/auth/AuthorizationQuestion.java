package org.homeport.core.auth;

import org.homeport.kit.Endpoint;

/**
 * What may a peer have that has proved itself to us, and to no AAA?
 *
 * @param identity as it was proved, in its one spelling
 * @param how it was proved, as {@link PeerProved#how}
 * @param careOf where the peer is reached, for AAA to know it by (Calling-Station-Id, RFC 2865 section 5.31)
 * @param connection the name of the peer's connection
 */
public record AuthorizationQuestion(PeerIdentity identity, String how, Endpoint careOf, String connection) {
    /** The answer. */
    public sealed interface Outcome {
        /** It is known; whether it is served, the authorization says. */
        record Granted(Authorization authorization) implements Outcome {}

        /** @param reason for the log, never for the peer */
        record Refused(String reason) implements Outcome {}

        /** The backend did not answer, or not in time. */
        record Unavailable(String reason) implements Outcome {}
    }
}
