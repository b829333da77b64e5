package org.homeport.daemon;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.homeport.aaa.AaaGrant;
import org.homeport.core.port.SessionListener;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;

/**
 * What AAA granted each session, for those who need more of it than sessions do: accounting, and orders from AAA. Listens
 * last: until a session is closed for everybody else, its grant is here.
 */
final class Grants implements SessionListener {
    /** Empty while AAA has not answered. */
    private final Map<String, Optional<Granted>> granted = new ConcurrentHashMap<>();

    /**
     * A session's.
     *
     * @param method for the audit, as "MSCHAPV2"
     * @param connection the kind of peer that it is
     */
    record Granted(AaaGrant grant, String method, Proof proof, String connection) {}

    /** Who found out that the peer is who it says. */
    enum Proof {
        /** The AAA that granted. */
        BY_AAA,
        /** We did, by certificate or key, and AAA only said what the peer may do. */
        BY_US
    }

    /** AAA is asked about this session, which lives: its answer may come after the end. */
    void expect(String session) {
        granted.putIfAbsent(session, Optional.empty());
    }

    /** In place of an earlier one: AAA may change its mind. Nothing is kept for a session that is not expected. */
    void put(String session, Granted grant) {
        granted.computeIfPresent(session, (id, before) -> Optional.of(grant));
    }

    /** Empty for a session that no AAA was asked about. */
    Optional<Granted> find(String session) {
        return granted.getOrDefault(session, Optional.empty());
    }

    @Override
    public void closed(String session, Output.Closed closed) {
        granted.remove(session);
    }

    @Override
    public void trace(String session, Output.Trace trace) {}

    @Override
    public void keys(String session, Output.IkeKeys keys) {}

    @Override
    public void established(String session, Output.Established established) {}

    @Override
    public void changed(String session, SessionSummary summary) {}
}
