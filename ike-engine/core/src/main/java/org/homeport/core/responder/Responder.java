package org.homeport.core.responder;

import java.util.function.Supplier;
import org.homeport.core.session.Environment;
import org.homeport.core.session.IkeSession;
import org.homeport.core.session.Path;
import org.homeport.core.session.Session;
import org.homeport.core.session.SessionFactory;
import org.homeport.core.session.SpiSource;

/** Makes the sessions of a home agent's side. The policy is asked for anew each time, so that it can be replaced. */
public final class Responder implements SessionFactory {
    private final Environment environment;
    private final Supplier<ResponderPolicy> policy;
    private final Supplier<String> ids;

    /** @param ids correlation ids, each unique */
    public Responder(Environment environment, Supplier<ResponderPolicy> policy, Supplier<String> ids) {
        this.environment = environment;
        this.policy = policy;
        this.ids = ids;
    }

    @Override
    public Session accept(SpiSource spis, Path path) {
        ResponderPolicy now = policy.get();
        return new IkeSession(ids.get(), environment, spis, now.timing(), path, new AwaitingInit(now));
    }
}
