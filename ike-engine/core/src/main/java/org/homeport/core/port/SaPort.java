package org.homeport.core.port;

import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.session.Output;
import org.homeport.kit.IpAddress;

/** Where ESP SAs live: the Linux kernel, or nowhere. Calls of one session are carried out in their order. */
public interface SaPort {
    /**
     * Installs inbound SA, outbound SA, policies; all or nothing. Returns at once; the answer comes exactly once, on any
     * thread.
     *
     * @param replaces a pair whose policies this one takes over (rekey)
     */
    void install(SaPlan plan, Optional<SaHandle> replaces, Consumer<SaOutcome> answer);

    /**
     * As {@link #install}, but traffic goes on leaving by the pair it replaces until {@link #activate}: a peer that
     * started a rekey takes packets on the new SA only once it has our answer (RFC 7296 section 2.8).
     */
    void installInbound(SaPlan plan, SaHandle replaces, Consumer<SaOutcome> answer);

    /** From now on traffic leaves by this pair too. Returns at once; idempotent. */
    void activate(SaHandle sa);

    /** Returns at once; idempotent. */
    void remove(SaHandle sa, Output.RemoveSa.Policies policies);

    /** Returns at once. */
    void migrate(SaHandle sa, IpAddress newLocal, IpAddress newRemote);
}
