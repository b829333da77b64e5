package org.homeport.eap.aka;

import org.homeport.eap.Nai;

/** Where the server side finds out whose SIM it talks to. */
@FunctionalInterface
public interface AkaAccounts {
    /** @param identity permanent, as the peer says it */
    Account find(Nai identity);

    /** What is known. */
    sealed interface Account {
        record Known(Subscriber subscriber) implements Account {}

        /** @param objection for the operator */
        record Refused(String objection) implements Account {}
    }
}
