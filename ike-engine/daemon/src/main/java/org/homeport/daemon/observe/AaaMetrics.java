package org.homeport.daemon.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.homeport.aaa.dynauth.OrderCount;
import org.homeport.aaa.radius.RadiusServerView;

/**
 * RADIUS servers as their client sees them, by the terms of RFC 4668 where it has one, and the orders that were met
 * (RFC 5176). A series begins with the first page on which there is something to tell of it.
 */
final class AaaMetrics {
    private static final String SERVER = "server";
    private static final String PREFIX = "homeport.aaa.";

    private final MeterRegistry registry;
    private final Supplier<List<RadiusServerView>> servers;
    private final Supplier<List<OrderCount>> orders;
    private final Map<String, RadiusServerView> lastViews = new ConcurrentHashMap<>();
    private final Map<OrderName, Long> lastOrders = new ConcurrentHashMap<>();
    private final Set<Answer> knownAnswers = ConcurrentHashMap.newKeySet();
    private final Set<Discard> knownDiscards = ConcurrentHashMap.newKeySet();

    private record OrderName(String kind, String result) {}

    private record Answer(String server, String kind) {}

    private record Discard(String server, String reason) {}

    /** @param servers may block; asked once per page, as are {@code orders} */
    AaaMetrics(MeterRegistry registry, Supplier<List<RadiusServerView>> servers, Supplier<List<OrderCount>> orders) {
        this.registry = registry;
        this.servers = servers;
        this.orders = orders;
    }

    /** As it is now: a server that is there no more is not told of either. */
    void refresh() {
        List<RadiusServerView> views = servers.get();
        Set<String> gone = new HashSet<>(lastViews.keySet());
        views.forEach(view -> gone.remove(view.name()));
        gone.forEach(this::forget);
        for (RadiusServerView view : views) {
            if (lastViews.put(view.name(), view) == null) {
                register(view.name());
            }
            view.answers().keySet().stream()
                    .map(kind -> new Answer(view.name(), kind))
                    .filter(knownAnswers::add)
                    .forEach(this::register);
            view.discarded().keySet().stream()
                    .map(reason -> new Discard(view.name(), reason))
                    .filter(knownDiscards::add)
                    .forEach(this::register);
        }
        for (OrderCount order : orders.get()) {
            OrderName name = new OrderName(order.kind(), order.result());
            if (lastOrders.put(name, order.count()) == null) {
                FunctionCounter.builder("homeport.dynauth.orders", lastOrders, last -> last.getOrDefault(name, 0L))
                        .description("Disconnect- and CoA-Requests, by what became of them")
                        .tag("kind", name.kind())
                        .tag("result", name.result())
                        .register(registry);
            }
        }
    }

    private void forget(String server) {
        lastViews.remove(server);
        knownAnswers.removeIf(answer -> answer.server().equals(server));
        knownDiscards.removeIf(discard -> discard.server().equals(server));
        registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith(PREFIX) && server.equals(id.getTag(SERVER)))
                .forEach(registry::remove);
    }

    private void register(String server) {
        counter(server, "requests", "Requests, without their repetitions", view -> view.sent() - view.retransmitted());
        counter(server, "retransmissions", "Repetitions of requests", RadiusServerView::retransmitted);
        counter(server, "timeouts", "Requests that were given up without an answer", RadiusServerView::unanswered);
        gauge(server, "pending", "Requests that wait for an answer", RadiusServerView::outstanding);
        gauge(
                server,
                "up",
                "1 if the server is asked, 0 if it is left alone because it did not answer",
                view -> switch (view.standing()) {
                    case ALIVE, SUSPECT -> 1;
                    case DEAD, PROBING -> 0;
                });
        gauge(server, "state.seconds", "Since when that is so", view -> seconds(view.since()));
        gauge(
                server,
                "round.trip.seconds",
                "Median of the last answers; NaN before the first",
                view -> view.latency().map(AaaMetrics::seconds).orElse(Double.NaN));
    }

    private void register(Answer answer) {
        counter(answer.server(), "answers", "Authentic answers", "kind", answer.kind(), RadiusServerView::answers);
    }

    private void register(Discard discard) {
        counter(
                discard.server(),
                "discarded",
                "Packets that were no answers to be believed",
                "reason",
                discard.reason(),
                RadiusServerView::discarded);
    }

    /** One of several numbers, told apart by a label. */
    private void counter(
            String server,
            String what,
            String means,
            String label,
            String key,
            Function<RadiusServerView, Map<String, Long>> values) {
        FunctionCounter.builder(
                        PREFIX + what,
                        lastViews,
                        views -> Optional.ofNullable(views.get(server))
                                .map(view -> values.apply(view).getOrDefault(key, 0L))
                                .orElse(0L))
                .description(means)
                .tag(SERVER, server)
                .tag(label, key)
                .register(registry);
    }

    private void counter(String server, String what, String means, ToLongFunction<RadiusServerView> value) {
        FunctionCounter.builder(
                        PREFIX + what,
                        lastViews,
                        views -> Optional.ofNullable(views.get(server))
                                .map(view -> value.applyAsLong(view))
                                .orElse(0L))
                .description(means)
                .tag(SERVER, server)
                .register(registry);
    }

    private void gauge(String server, String what, String means, ToDoubleFunction<RadiusServerView> value) {
        Gauge.builder(
                        PREFIX + what,
                        lastViews,
                        views -> Optional.ofNullable(views.get(server))
                                .map(view -> value.applyAsDouble(view))
                                .orElse(Double.NaN))
                .description(means)
                .tag(SERVER, server)
                .register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
