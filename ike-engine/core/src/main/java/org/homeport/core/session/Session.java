package org.homeport.core.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One relationship with one peer, from its first message to its last; used by one thread at a time. */
public interface Session {
    /** Correlation id through IKE, EAP, lease and SA: short, unique within the process. */
    String id();

    /** The only way in and out. Never throws for anything a peer or a backend did. */
    List<Output> handle(Event event, Instant now);

    /** What status shows; empty until established. */
    Optional<SessionSummary> summary();
}
