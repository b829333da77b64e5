package org.homeport.eap;

import java.util.Optional;
import org.homeport.kit.Octets;

/** What the server side of a method wants next. */
public sealed interface ServerStep {
    /**
     * Another Request: more of the method, the next fragment, or the ACK of one.
     *
     * @param setback what has gone against the peer already although it may try again; for the operator
     */
    record Ask(Octets typeData, Optional<String> setback) implements ServerStep {
        public Ask(Octets typeData) {
            this(typeData, Optional.empty());
        }
    }

    /** The peer is who it says: the only way to an EAP-Success. */
    record Done(MethodResult result) implements ServerStep {}

    /**
     * The peer is not let in.
     *
     * @param reason for the operator, never for the peer
     */
    record Failed(String reason) implements ServerStep {}

    /** The Response is to be passed over, as if it had not come. */
    record Ignored(String reason) implements ServerStep {}
}
