package org.homeport.eap;

import java.util.Optional;
import org.homeport.kit.Octets;

/** What an authenticator wants done next. */
public sealed interface AuthenticatorStep {
    /**
     * Send this Request.
     *
     * @param setback see {@link ServerStep.Ask}
     */
    record Ask(Octets request, Optional<String> setback) implements AuthenticatorStep {}

    /**
     * A method finished well.
     *
     * @param success the EAP-Success to send
     */
    record Granted(Octets success, MethodResult result) implements AuthenticatorStep {}

    /**
     * The peer is not let in.
     *
     * @param failure the EAP-Failure to send; empty if there was no Response that it could answer
     * @param reason for the operator, never for the peer
     */
    record Refused(Optional<Octets> failure, String reason) implements AuthenticatorStep {}

    /**
     * The packet is passed over.
     *
     * @param outstanding the Request that still waits for its Response. Where packets are answered one by one, send
     *     it again, as RADIUS servers do (RFC 3579 section 2.2)
     */
    record Ignored(String reason, Octets outstanding) implements AuthenticatorStep {}
}
