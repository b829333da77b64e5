package org.homeport.daemon.observe;

import java.util.List;
import org.homeport.core.port.SessionListener;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;

/** Tells several listeners, in order. */
public record Listeners(List<SessionListener> all) implements SessionListener {
    public Listeners {
        all = List.copyOf(all);
    }

    @Override
    public void trace(String session, Output.Trace trace) {
        all.forEach(l -> l.trace(session, trace));
    }

    @Override
    public void keys(String session, Output.IkeKeys keys) {
        all.forEach(l -> l.keys(session, keys));
    }

    @Override
    public void established(String session, Output.Established established) {
        all.forEach(l -> l.established(session, established));
    }

    @Override
    public void changed(String session, SessionSummary summary) {
        all.forEach(l -> l.changed(session, summary));
    }

    @Override
    public void closed(String session, Output.Closed closed) {
        all.forEach(l -> l.closed(session, closed));
    }
}
