package org.homeport.aaa.radius;

import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/** What came of a request. */
public sealed interface RadiusOutcome {
    /**
     * An authentic answer.
     *
     * @param requestAuthenticator of the request that it answers: keys are hidden by it
     * @param secret shared with the server
     */
    record Answer(RadiusPacket packet, String server, Octets requestAuthenticator, Secret secret)
            implements RadiusOutcome {
        /** The keys in it. @throws WireException if they cannot be read */
        public Optional<MppeKeys> keys() throws WireException {
            return MppeKeys.of(packet, requestAuthenticator, secret);
        }
    }

    /** @param reason for the operator: who was asked, and how long */
    record NoAnswer(String reason) implements RadiusOutcome {}
}
