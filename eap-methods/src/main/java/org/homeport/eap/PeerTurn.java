package org.homeport.eap;

import java.util.Optional;
import org.homeport.kit.Octets;

/** What an EAP peer makes of a packet. */
public sealed interface PeerTurn {
    /**
     * Send this Response.
     *
     * @param notice text of the authenticator for the user (RFC 3748 section 5.2), not to be trusted
     */
    record Send(Octets response, Optional<String> notice) implements PeerTurn {}

    /** EAP-Success, and the method agrees. */
    record Accepted(MethodResult result) implements PeerTurn {}

    record Failed(String reason) implements PeerTurn {}

    /**
     * The packet is passed over, as RFC 3748 asks. A carrier that loses nothing will bring nothing better: there it
     * is as good as {@link Failed}.
     */
    record Ignored(String reason) implements PeerTurn {}
}
