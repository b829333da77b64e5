package org.homeport.eap.gtc;

import java.util.Optional;
import org.homeport.kit.Secret;

/** Judges a password that a peer sent in the clear, for a user known before. May block. */
@FunctionalInterface
public interface PasswordCheck {
    /** What is longer is no password; RADIUS carries 128 octets (RFC 2865 section 5.2). */
    int MAX_PASSWORD = 1024;

    /** @param password at most {@link #MAX_PASSWORD} octets */
    Verdict check(Secret password);

    /**
     * Whether it is right.
     *
     * @param identity by which the user is known from here on
     * @param objection why the peer is not let in; for the operator
     */
    record Verdict(String identity, Optional<String> objection) {}
}
