package org.homeport.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.core.session.Session;
import org.homeport.core.session.SessionSummary;

/** A session that does what the test says and remembers what it heard. */
final class FakeSession implements Session {
    final long spi;
    final List<Event> heard = new CopyOnWriteArrayList<>();
    final List<Instant> at = new ArrayList<>();
    volatile Optional<SessionSummary> summary = Optional.empty();

    private final String id;
    private final Map<Class<? extends Event>, Function<Event, List<Output>>> script = new ConcurrentHashMap<>();
    private boolean announced;

    FakeSession(String id, long spi) {
        this.id = id;
        this.spi = spi;
    }

    <E extends Event> FakeSession on(Class<E> event, Output... outputs) {
        return on(event, e -> List.of(outputs));
    }

    <E extends Event> FakeSession on(Class<E> event, Function<E, List<Output>> reaction) {
        script.put(event, e -> reaction.apply(event.cast(e)));
        return this;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public List<Output> handle(Event event, Instant now) {
        heard.add(event);
        at.add(now);
        List<Output> outputs = new ArrayList<>();
        if (!announced) {
            announced = true;
            outputs.add(new Output.SpiAdded(spi));
        }
        outputs.addAll(script.getOrDefault(event.getClass(), e -> List.of()).apply(event));
        return outputs;
    }

    @Override
    public Optional<SessionSummary> summary() {
        return summary;
    }

    <E extends Event> List<E> heard(Class<E> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
