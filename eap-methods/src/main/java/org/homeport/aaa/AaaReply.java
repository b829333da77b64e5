package org.homeport.aaa;

import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** What the backend says to a packet. */
public sealed interface AaaReply {
    /**
     * Send this, and bring the answer.
     *
     * @param setback what has gone against the peer already although it may try again; for the operator
     */
    record Continue(Octets packet, Optional<String> setback) implements AaaReply {}

    /**
     * The peer is who it says.
     *
     * @param packet EAP-Success, if there is one to send
     * @param msk Master Session Key, if the method makes one; the taker wipes it
     * @param method for the audit, as "MSCHAPV2"
     * @param remark what is odd about it, for the operator
     */
    record Accept(Optional<Octets> packet, Optional<Secret> msk, String method, AaaGrant grant, Optional<String> remark)
            implements AaaReply {
        public Accept(Optional<Octets> packet, Optional<Secret> msk, String method, AaaGrant grant) {
            this(packet, msk, method, grant, Optional.empty());
        }
    }

    /**
     * The peer is not let in.
     *
     * @param packet EAP-Failure, if there is one to send
     * @param reason for the operator, never for the peer
     */
    record Reject(Optional<Octets> packet, String reason) implements AaaReply {}

    /** No decision: nobody answered, or the fault is ours. */
    record Unavailable(String reason) implements AaaReply {}
}
