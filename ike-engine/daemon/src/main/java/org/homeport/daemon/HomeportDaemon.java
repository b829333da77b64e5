package org.homeport.daemon;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.observe.EventLog;
import org.homeport.kit.Endpoint;
import org.homeport.runtime.Engine;
import org.homeport.runtime.Listening;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running home agent side: sockets, sessions, leases, SAs. Made by {@link Wiring}. */
public final class HomeportDaemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("homeport");

    /** For all parts together; five seconds are promised. */
    private static final Duration LONGEST_END = Duration.ofMillis(4_500);
    /** When the time is over, whoever is left gets this much each to let go. */
    private static final Duration SHORTEST_END = Duration.ofMillis(50);

    private final Engine engine;
    private final List<Listening> listening;
    private final Optional<Endpoint> metrics;
    private final Deque<Part> parts;

    /** Something that has to be ended. */
    record Part(String name, AutoCloseable end) {}

    /** @param parts the last one is ended first */
    HomeportDaemon(Engine engine, List<Listening> listening, Optional<Endpoint> metrics, Deque<Part> parts) {
        this.engine = engine;
        this.listening = List.copyOf(listening);
        this.metrics = metrics;
        this.parts = new ArrayDeque<>(parts);
    }

    /**
     * Starts everything the configuration asks for.
     *
     * @throws StartFailedException with what to do about it; nothing stays behind
     */
    public static HomeportDaemon start(Configuration configuration) throws StartFailedException {
        return start(configuration, Surroundings.real());
    }

    /** As {@link #start(Configuration)}, in other surroundings: demonstrations and tests. */
    public static HomeportDaemon start(Configuration configuration, Surroundings surroundings)
            throws StartFailedException {
        return new Wiring(configuration, surroundings).start();
    }

    /** Where it listens, ports resolved. */
    public List<Listening> listening() {
        return listening;
    }

    /** Where Prometheus reads, the port resolved. */
    public Optional<Endpoint> metrics() {
        return metrics;
    }

    public Engine engine() {
        return engine;
    }

    /** Deletes all SAs towards their peers, keeps leases, lets go of everything. Takes no longer than five seconds. */
    @Override
    public void close() {
        end(parts);
    }

    static void end(Deque<Part> parts) {
        end(parts, LONGEST_END);
    }

    /** One part that hangs takes its time from the others, but not from whoever waits for the end. */
    static void end(Deque<Part> parts, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        while (!parts.isEmpty()) {
            Part part = parts.removeLast();
            Thread closing =
                    Thread.ofPlatform().daemon().name("end of " + part.name()).start(() -> end(part));
            Duration left = Duration.ofNanos(Math.max(deadline - System.nanoTime(), SHORTEST_END.toNanos()));
            try {
                if (!closing.join(left)) {
                    closing.interrupt();
                    failed(part, "it takes too long");
                }
            } catch (InterruptedException e) {
                closing.interrupt();
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Part part) {
        try {
            part.end().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            failed(part, String.valueOf(e.getMessage()));
        }
    }

    private static void failed(Part part, String why) {
        LOG.atWarn()
                .addKeyValue(EventLog.EVENT, "stop.failed")
                .addKeyValue("part", part.name())
                .addKeyValue("why", why)
                .log();
    }
}
