package org.homeport.daemon;

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
        while (!parts.isEmpty()) {
            Part part = parts.removeLast();
            try {
                part.end().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.atWarn()
                        .addKeyValue(EventLog.EVENT, "stop.failed")
                        .addKeyValue("part", part.name())
                        .addKeyValue("why", e.getMessage())
                        .log();
            }
        }
    }
}
