package org.homeport.core.initiator;

import org.homeport.core.auth.EapAccepted;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.auth.MethodStrength;
import org.homeport.core.auth.PeerProved;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.kit.Octets;

/** By what the responder proves who it is to an initiator that comes by EAP. */
sealed interface ResponderProof {
    /** Whether to answer what it asks by EAP. */
    void check(Octets packet) throws FailureException;

    EapAccepted evidence(EapTurn.Outcome.Accepted accepted) throws FailureException;

    /** By its own credential, in the first IKE_AUTH response. */
    record Given(PeerProved by) implements ResponderProof {
        @Override
        public void check(Octets packet) {}

        @Override
        public EapAccepted evidence(EapTurn.Outcome.Accepted accepted) {
            return EapAccepted.of(accepted);
        }
    }

    /** By nothing yet: the MSK in its last AUTH is all there will be (RFC 5998 section 3). */
    record EapAlone() implements ResponderProof {
        /**
         * "the initiator MUST verify that the proposed EAP method is allowed by this specification, and MUST abort the
         * protocol immediately otherwise": an answer would be food for guessing passwords.
         */
        @Override
        public void check(Octets packet) throws FailureException {
            if (MethodStrength.asked(packet)
                    .filter(strength -> strength == MethodStrength.NEEDS_PROVED_RESPONDER)
                    .isPresent()) {
                throw new FailureException(new Failure.AuthenticationFailed(
                        "a responder that has proved nothing asks by EAP method type " + packet.at(4)
                                + ", which cannot stand for its proof",
                        "RFC 5998 3"));
            }
        }

        @Override
        public EapAccepted evidence(EapTurn.Outcome.Accepted accepted) throws FailureException {
            return EapAccepted.alone(accepted);
        }
    }
}
