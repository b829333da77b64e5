package org.homeport.core.port;

import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;

/** Hears what sessions tell: logs, metrics, key log, status, the home agent. Called on shard threads: must not block. */
public interface SessionListener {
    void trace(String session, Output.Trace trace);

    void keys(String session, Output.IkeKeys keys);

    void established(String session, Output.Established established);

    /** What {@code established} or the last {@code changed} told is not so any more. */
    void changed(String session, SessionSummary summary);

    void closed(String session, Output.Closed closed);
}
