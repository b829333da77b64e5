package org.homeport.core.auth;

import java.util.Optional;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.kit.Secret;

/** Evidence that an EAP method, or AAA, finished with success; made from nothing but that outcome. */
public final class EapAccepted {
    private final EapTurn.Outcome.Accepted outcome;

    private EapAccepted(EapTurn.Outcome.Accepted outcome) {
        this.outcome = outcome;
    }

    public static EapAccepted of(EapTurn.Outcome.Accepted outcome) {
        return new EapAccepted(outcome);
    }

    /**
     * Of a method that has to be the responder's proof too: "Both the initiator and responder MUST verify that the EAP
     * method actually used provided mutual authentication and established a shared secret key" (RFC 5998 section 3).
     */
    public static EapAccepted alone(EapTurn.Outcome.Accepted outcome) throws FailureException {
        if (outcome.strength() != MethodStrength.STANDS_ALONE) {
            throw new FailureException(new Failure.AuthenticationFailed(
                    "EAP-" + outcome.method() + " cannot stand for the responder's proof, and there is no other",
                    "RFC 5998 4"));
        }
        if (outcome.msk().isEmpty()) {
            throw new FailureException(new Failure.AuthenticationFailed(
                    "EAP-" + outcome.method() + " made no MSK, and there is no other proof of the responder",
                    "RFC 5998 3"));
        }
        return new EapAccepted(outcome);
    }

    public Optional<Secret> msk() {
        return outcome.msk();
    }

    public Authorization authorization() {
        return outcome.authorization();
    }

    public String method() {
        return outcome.method();
    }
}
