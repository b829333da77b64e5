package org.homeport.core.auth;

import java.util.Optional;
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
