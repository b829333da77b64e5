package org.homeport.daemon.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.homeport.core.port.SessionListener;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;

/** Since when each session stands. */
public final class Ages implements SessionListener {
    private final InstantSource clock;
    private final Map<String, Instant> since = new ConcurrentHashMap<>();

    public Ages(InstantSource clock) {
        this.clock = clock;
    }

    /** How long it has stood; zero for a session that is not established. */
    public Duration of(String session) {
        return Optional.ofNullable(since.get(session))
                .map(instant -> Duration.between(instant, clock.instant()))
                .orElse(Duration.ZERO);
    }

    @Override
    public void established(String session, Output.Established established) {
        since.putIfAbsent(session, clock.instant());
    }

    @Override
    public void changed(String session, SessionSummary summary) {}

    @Override
    public void closed(String session, Output.Closed closed) {
        since.remove(session);
    }

    @Override
    public void trace(String session, Output.Trace trace) {}

    @Override
    public void keys(String session, Output.IkeKeys keys) {}
}
