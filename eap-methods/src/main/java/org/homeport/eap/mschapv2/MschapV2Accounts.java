package org.homeport.eap.mschapv2;

import java.util.Optional;
import org.homeport.kit.Octets;

/** Where the server side finds passwords, by the name in the peer's Response. */
@FunctionalInterface
public interface MschapV2Accounts {
    /**
     * Finds the password to check against.
     *
     * @param name as the peer sends it, perhaps with a Windows domain; may be empty, or no text at all
     * @return for a name that nobody has, a hash that nobody knows: the exchange goes on as for everyone
     */
    Account find(Octets name);

    /**
     * Whose password it is.
     *
     * @param identity by which the user is known from here on
     * @param objection why this attempt cannot succeed, whatever the peer answers: for the operator
     */
    record Account(String identity, NtHash password, Optional<String> objection) {}
}
