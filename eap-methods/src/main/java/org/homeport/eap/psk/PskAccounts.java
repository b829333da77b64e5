package org.homeport.eap.psk;

import java.util.Optional;
import org.homeport.kit.Octets;

/** Where the server side finds out whose key it has to expect. */
@FunctionalInterface
public interface PskAccounts {
    /** @param name as the peer says it; there is an account for any, if need be one whose key nobody knows */
    Account find(Octets name);

    /**
     * What is known.
     *
     * @param identity who is authenticated by the key
     * @param objection why no answer is good enough; for the operator
     */
    record Account(String identity, PskKeys keys, Optional<String> objection) {}
}
