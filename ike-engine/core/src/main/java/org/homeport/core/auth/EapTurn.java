package org.homeport.core.auth;

import java.util.Optional;
import org.homeport.kit.Endpoint;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** What the core asks of its EAP side: the authenticator of a responder, the peer of an initiator. */
public sealed interface EapTurn {
    /**
     * Begin a conversation. A responder's answer is the first EAP Request; an initiator's peer has nothing to begin.
     *
     * @param claimed IDi, to build an EAP-Response/Identity from when the identity is not asked for
     * @param careOf where the peer is reached, for AAA to know it by (Calling-Station-Id, RFC 2865 section 5.31)
     * @param connection the name of the peer's connection
     */
    record Begin(PeerIdentity claimed, IdentityQuestion identityQuestion, Endpoint careOf, String connection)
            implements EapTurn {}

    /** The other side's EAP packet. */
    record Message(Octets packet) implements EapTurn {}

    /** The conversation is over, whatever became of it: nothing is awaited any more. */
    record Abandon() implements EapTurn {}

    /** Whether the authenticator sends EAP-Request/Identity first (RFC 7296 section 3.16: SHOULD NOT). */
    enum IdentityQuestion {
        ASK,
        SKIP
    }

    /** The answer. */
    sealed interface Outcome {
        /** Another packet to send. */
        record Continue(Octets packet) implements Outcome {}

        /**
         * The method, or AAA, says the peer is who it says.
         *
         * @param packet EAP-Success to send; empty at the initiator, which sends nothing
         * @param msk the method's Master Session Key; empty for methods that make none
         * @param method for the audit log, as "MSCHAPV2"
         * @param strength whether it may be the only proof there is (RFC 5998)
         */
        record Accepted(
                Optional<Octets> packet,
                Optional<Secret> msk,
                Authorization authorization,
                String method,
                MethodStrength strength)
                implements Outcome {
            /** As strong as a method of this name is. */
            public Accepted(Optional<Octets> packet, Optional<Secret> msk, Authorization authorization, String method) {
                this(packet, msk, authorization, method, MethodStrength.of(method));
            }
        }

        /** @param packet EAP-Failure to send, if the backend gave one; @param reason for the log, never for the peer */
        record Rejected(Optional<Octets> packet, String reason) implements Outcome {}

        /** The backend did not answer, or not in time. */
        record Unavailable(String reason) implements Outcome {}
    }
}
