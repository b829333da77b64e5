package org.homeport.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.core.child.SaHandle;
import org.homeport.runtime.RunningSession.Init;
import org.homeport.runtime.RunningSession.Origin;
import org.homeport.runtime.RunningSession.Phase;

/** Every way in which one shard finds its sessions; plain maps, for they have one thread. */
final class SessionTable {
    private final EngineCounters counters;
    private final Map<String, RunningSession> byId = new HashMap<>();
    private final Map<Long, RunningSession> bySpi = new HashMap<>();
    private final Map<Init, RunningSession> byInit = new HashMap<>();
    private final Map<Integer, RunningSession> byInboundSpi = new HashMap<>();
    private final Map<String, Set<RunningSession>> responders = new HashMap<>();

    SessionTable(EngineCounters counters) {
        this.counters = counters;
    }

    /** @throws IllegalStateException if a session of this id is there already */
    void add(RunningSession session) {
        if (byId.putIfAbsent(session.id, session) != null) {
            throw new IllegalStateException("a second session " + session.id);
        }
        counters.sessionOpened();
        session.halfOpenInit().ifPresent(init -> {
            byInit.put(init, session);
            counters.halfOpenBegan();
        });
    }

    /** Forgets the session, all its SPIs and SAs; idempotent. */
    void remove(RunningSession session) {
        if (!byId.remove(session.id, session)) {
            return;
        }
        endHalfOpen(session);
        if (session.phase() instanceof Phase.Established(String identity, Instant at)) {
            Set<RunningSession> same = responders.get(identity);
            if (same != null && same.remove(session) && same.isEmpty()) {
                responders.remove(identity);
            }
        }
        session.spis.forEach(bySpi::remove);
        session.sas.keySet().forEach(spi -> byInboundSpi.remove(spi, session));
        session.enter(Phase.ENDED);
        counters.sessionClosed();
    }

    void established(RunningSession session, String identity, Instant now) {
        if (!(session.phase() instanceof Phase.Opening)) {
            throw new IllegalStateException("established twice");
        }
        endHalfOpen(session);
        session.enter(new Phase.Established(identity, now));
        if (session.origin instanceof Origin.Accepted) {
            responders.computeIfAbsent(identity, i -> new LinkedHashSet<>()).add(session);
        }
        counters.add(EngineCounters.Count.SESSIONS_ESTABLISHED);
    }

    /** @throws IllegalStateException if the SPI leads somewhere else already */
    void addSpi(RunningSession session, long spi) {
        RunningSession other = bySpi.putIfAbsent(spi, session);
        if (other != null && other != session) {
            throw new IllegalStateException("SPI %016x is in use".formatted(spi));
        }
        session.spis.add(spi);
    }

    void removeSpi(RunningSession session, long spi) {
        if (session.spis.remove(spi)) {
            bySpi.remove(spi);
        }
    }

    void holds(RunningSession session, SaHandle sa) {
        session.sas.put(sa.inboundSpi(), sa);
        byInboundSpi.put(sa.inboundSpi(), session);
    }

    void holdsNoMore(RunningSession session, SaHandle sa) {
        session.sas.remove(sa.inboundSpi());
        byInboundSpi.remove(sa.inboundSpi(), session);
    }

    Optional<RunningSession> bySpi(long spi) {
        return Optional.ofNullable(bySpi.get(spi));
    }

    boolean isTaken(long spi) {
        return bySpi.containsKey(spi);
    }

    Optional<RunningSession> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<RunningSession> byInit(Init init) {
        return Optional.ofNullable(byInit.get(init));
    }

    Optional<RunningSession> byInboundSpi(int spi) {
        return Optional.ofNullable(byInboundSpi.get(spi));
    }

    /** Established responder sessions of an identity. */
    List<RunningSession> respondersOf(String identity) {
        return List.copyOf(responders.getOrDefault(identity, Set.of()));
    }

    Collection<RunningSession> all() {
        return new ArrayList<>(byId.values());
    }

    int size() {
        return byId.size();
    }

    private void endHalfOpen(RunningSession session) {
        session.halfOpenInit().ifPresent(init -> {
            byInit.remove(init, session);
            counters.halfOpenEnded();
        });
    }
}
