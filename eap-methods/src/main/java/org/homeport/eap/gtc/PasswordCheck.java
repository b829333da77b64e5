package org.homeport.eap.gtc;

import java.util.Optional;
import org.homeport.kit.Secret;

/** Judges a password that a peer sent in the clear, for a user known before. May block. */
@FunctionalInterface
public interface PasswordCheck {
    Verdict check(Secret password);

    /**
     * Whether it is right.
     *
     * @param identity by which the user is known from here on
     * @param objection why the peer is not let in; for the operator
     */
    record Verdict(String identity, Optional<String> objection) {}
}
