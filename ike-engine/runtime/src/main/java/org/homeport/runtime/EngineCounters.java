package org.homeport.runtime;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the engine counts about itself, for any thread to add to and to read. */
public final class EngineCounters {
    /** Reasons are constants of the code; should one ever carry a peer's bytes, memory stays bounded all the same. */
    private static final int MOST_REASONS = 200;

    private static final String OTHER_REASONS = "other";

    private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);
    private final Map<String, LongAdder> drops = new ConcurrentHashMap<>();
    private final AtomicInteger halfOpen = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();

    /** Everything that only grows and has one name. */
    public enum Count {
        DATAGRAMS_IN,
        DATAGRAMS_OUT,
        /** NAT keepalives that came in: no proof of life (RFC 3948 section 4). */
        KEEPALIVES_IN,
        KEEPALIVES_OUT,
        /** UDP-encapsulated ESP that the kernel did not take. */
        STRAY_ESP,
        /** Answers made before any session: cookies, versions. */
        STATELESS_ANSWERS,
        UNKNOWN_SPI_ANSWERS,
        /** Answers to unknown SPIs that the rate limit kept back. */
        UNKNOWN_SPI_SUPPRESSED,
        /** Retransmitted IKE_SA_INIT requests that met their half-open session. */
        REPEATED_INITS,
        SESSIONS_OPENED,
        SESSIONS_ESTABLISHED,
        SESSIONS_CLOSED,
        /** Answers of backends that nobody waits for any more. */
        STALE_ANSWERS,
        NO_CHANNEL,
        SEND_CONGESTED,
        SEND_FAILED,
        RECEIVE_FAILED,
        /** Exceptions that should not have been. */
        BUGS
    }

    public EngineCounters() {
        for (Count count : Count.values()) {
            counts.put(count, new LongAdder());
        }
    }

    public void add(Count count) {
        adder(count).increment();
    }

    public long get(Count count) {
        return adder(count).sum();
    }

    /** Counts a datagram that was dropped for a reason with a stable name. */
    public void dropped(String reason) {
        LongAdder adder = drops.get(reason);
        if (adder == null) {
            String name = drops.size() < MOST_REASONS ? reason : OTHER_REASONS;
            adder = drops.computeIfAbsent(name, n -> new LongAdder());
        }
        adder.increment();
    }

    /** Datagrams dropped so far, by reason. */
    public Map<String, Long> drops() {
        Map<String, Long> snapshot = new TreeMap<>();
        drops.forEach((reason, adder) -> snapshot.put(reason, adder.sum()));
        return snapshot;
    }

    /** Responder sessions, of all shards, that are not established yet. */
    public int halfOpen() {
        return halfOpen.get();
    }

    /** Sessions of all shards. */
    public int sessions() {
        return sessions.get();
    }

    void halfOpenBegan() {
        halfOpen.incrementAndGet();
    }

    void halfOpenEnded() {
        halfOpen.decrementAndGet();
    }

    void sessionOpened() {
        sessions.incrementAndGet();
        add(Count.SESSIONS_OPENED);
    }

    void sessionClosed() {
        sessions.decrementAndGet();
        add(Count.SESSIONS_CLOSED);
    }

    private LongAdder adder(Count count) {
        LongAdder adder = counts.get(count);
        if (adder == null) {
            throw new IllegalStateException("not counted: " + count);
        }
        return adder;
    }
}
