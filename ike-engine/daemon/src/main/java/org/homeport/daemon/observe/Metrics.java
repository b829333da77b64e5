package org.homeport.daemon.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.homeport.aaa.accounting.Backlog;
import org.homeport.aaa.dynauth.OrderCount;
import org.homeport.aaa.radius.RadiusServerView;
import org.homeport.core.port.SessionListener;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;
import org.homeport.lease.LeaseQueries.PoolUse;
import org.homeport.runtime.EngineCounters;
import org.homeport.runtime.EngineCounters.Count;

/** What the engine counts, in Prometheus' format. */
public final class Metrics implements SessionListener {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final EngineCounters counters;
    private final Supplier<List<PoolUse>> pools;
    private final Set<String> knownDrops = ConcurrentHashMap.newKeySet();
    private final Map<String, PoolUse> lastUse = new ConcurrentHashMap<>();
    private volatile Optional<AaaMetrics> aaa = Optional.empty();

    /** @param pools may block; asked once per page */
    public Metrics(EngineCounters counters, Supplier<List<PoolUse>> pools) {
        this.counters = counters;
        this.pools = pools;
        Gauge.builder("homeport.sessions", counters, EngineCounters::sessions)
                .description("Sessions, half-open ones included")
                .register(registry);
        Gauge.builder("homeport.half.open", counters, EngineCounters::halfOpen)
                .description("Responder sessions that are not established yet")
                .register(registry);
        for (Count count : Count.values()) {
            String name = "homeport." + count.name().toLowerCase(Locale.ROOT).replace('_', '.');
            FunctionCounter.builder(name, counters, c -> c.get(count)).register(registry);
        }
    }

    /** What AAAs have not acknowledged yet, by route. @param backlogs answers at once, always for the same routes */
    public void accounting(Supplier<List<Backlog>> backlogs, InstantSource clock) {
        for (Backlog route : backlogs.get()) {
            Gauge.builder(
                            "homeport.accounting.queued",
                            () -> backlog(backlogs, route.route())
                                    .map(Backlog::records)
                                    .orElse(0))
                    .description("Accounting records that the AAA has not acknowledged")
                    .tag("route", route.route())
                    .register(registry);
            Gauge.builder(
                            "homeport.accounting.oldest.seconds",
                            () -> backlog(backlogs, route.route())
                                    .map(backlog -> backlog.age(clock.instant()).toSeconds())
                                    .orElse(0L))
                    .description("Age of the oldest of them")
                    .tag("route", route.route())
                    .register(registry);
        }
    }

    /** RADIUS servers, and orders from them. @param servers may block; asked once per page */
    public void aaa(Supplier<List<RadiusServerView>> servers, Supplier<List<OrderCount>> orders) {
        aaa = Optional.of(new AaaMetrics(registry, servers, orders));
    }

    private static Optional<Backlog> backlog(Supplier<List<Backlog>> backlogs, String route) {
        return backlogs.get().stream()
                .filter(backlog -> backlog.route().equals(route))
                .findFirst();
    }

    /** A refused attempt is the operator's first question: counted by the event's name and the kind of failure. */
    @Override
    public void trace(String session, Output.Trace trace) {
        if (trace.event().endsWith(".refused")) {
            String kind = trace.fields().stream()
                    .filter(field -> field.key().equals("kind"))
                    .map(Output.Trace.Field::value)
                    .findFirst()
                    .orElse("unspecified");
            registry.counter("homeport.refusals", "event", trace.event(), "kind", kind)
                    .increment();
        }
    }

    /** The whole page. */
    public String page() {
        for (String reason : counters.drops().keySet()) {
            if (knownDrops.add(reason)) {
                FunctionCounter.builder(
                                "homeport.drops", counters, c -> c.drops().getOrDefault(reason, 0L))
                        .description("Datagrams dropped")
                        .tag("reason", reason)
                        .register(registry);
            }
        }
        for (PoolUse use : pools.get()) {
            if (lastUse.put(use.pool(), use) == null) {
                gauge(use.pool(), "size", u -> u.size().doubleValue());
                gauge(use.pool(), "held", PoolUse::held);
                gauge(use.pool(), "released", PoolUse::released);
            }
        }
        aaa.ifPresent(AaaMetrics::refresh);
        return registry.scrape();
    }

    private void gauge(String pool, String what, ToDoubleFunction<PoolUse> value) {
        Gauge.builder(
                        "homeport.pool.addresses." + what,
                        lastUse,
                        uses -> Optional.ofNullable(uses.get(pool))
                                .map(use -> value.applyAsDouble(use))
                                .orElse(0.0))
                .tag("pool", pool)
                .register(registry);
    }

    @Override
    public void keys(String session, Output.IkeKeys keys) {}

    @Override
    public void established(String session, Output.Established established) {}

    @Override
    public void changed(String session, SessionSummary summary) {}

    @Override
    public void closed(String session, Output.Closed closed) {}
}
