package org.homeport.core.initiator;

import org.homeport.core.session.Environment;
import org.homeport.core.session.IkeSession;
import org.homeport.core.session.Session;
import org.homeport.core.session.SpiSource;

/** Makes the sessions of a mobile node's side; each begins with {@code Command.Start}. */
public final class Initiator {
    private Initiator() {}

    public static Session session(String id, Environment environment, SpiSource spis, InitiatorPolicy policy) {
        return new IkeSession(id, environment, spis, policy.connection().timing(), policy.start(), new Idle(policy));
    }
}
