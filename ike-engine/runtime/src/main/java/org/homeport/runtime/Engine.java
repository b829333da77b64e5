package org.homeport.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.homeport.core.endpoint.Routing;
import org.homeport.core.session.Event;
import org.homeport.core.session.Path;
import org.homeport.core.session.Session;
import org.homeport.core.session.SessionFactory;
import org.homeport.core.session.SessionSummary;
import org.homeport.core.session.SpiSource;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.runtime.EngineCounters.Count;
import org.homeport.runtime.Mailbox.Lane;
import org.homeport.runtime.Mailbox.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shards, and the way of a datagram to the right one. Make the {@link Edge}, make and start the engine, then let the edge
 * listen with the engine as its {@link Ingress}. All methods may be called from any thread but a shard's own, where none
 * may wait.
 */
public final class Engine implements Ingress {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    /** For what does not wait for anybody. */
    private static final Duration STOP_LIMIT = Duration.ofMillis(250);

    private final Edge edge;
    private final Router router;
    private final InstantSource clock;
    private final EngineCounters counters;
    private final UnknownSpis unknownSpis;
    private final List<Shard> shards;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicInteger nextInitiator = new AtomicInteger();

    /**
     * @param clock must not go backwards
     * @param random unpredictable, for any thread
     */
    public Engine(
            EngineSettings settings,
            Edge edge,
            Router router,
            SessionFactory factory,
            Backends backends,
            InstantSource clock,
            RandomSource random,
            EngineCounters counters) {
        this.edge = edge;
        this.router = router;
        this.clock = clock;
        this.counters = counters;
        this.unknownSpis = new UnknownSpis(router, edge, settings.unknownSpiAnswersPerSecond(), clock, counters);
        ShardLoop.Surroundings surroundings = new ShardLoop.Surroundings(
                edge, factory, unknownSpis, backends, this::closeOthers, clock, random, counters);
        List<Shard> all = new ArrayList<>();
        for (int i = 0; i < settings.shards(); i++) {
            Mailbox mailbox = new Mailbox(settings.mostTraffic(), settings.mostNewcomers());
            all.add(new Shard(i, new ShardLoop(i, mailbox, surroundings)));
        }
        this.shards = List.copyOf(all);
    }

    /** Starts the shards' threads; idempotent. */
    public void start() {
        if (started.compareAndSet(false, true)) {
            shards.forEach(Shard::start);
        }
    }

    public EngineCounters counters() {
        return counters;
    }

    /** Routes one would-be IKE message: answers it, drops it or gives it to its shard. */
    @Override
    public void received(Path path, Octets message) {
        try {
            route(path, message);
        } catch (RuntimeException e) {
            counters.add(Count.BUGS);
            LOG.error("routing a datagram of {} octets threw", message.length(), e);
        }
    }

    /**
     * Starts a session of which we are the initiator.
     *
     * @param initiator makes it, on its shard's thread
     * @return its id, once it was started
     */
    public CompletableFuture<String> initiate(Function<SpiSource, Session> initiator) {
        return nextShard().ask(loop -> loop.initiate(initiator));
    }

    /** Gives a session an order. @return whether the session was there to hear it */
    public CompletableFuture<Boolean> command(String session, Event.Command command) {
        return tell(session, command);
    }

    /** The peer is reached by another path now; learnt outside IKE. @return whether the session was there to hear it */
    public CompletableFuture<Boolean> moved(String session, Path path) {
        return tell(session, new Event.Moved(path));
    }

    /** Brings the kernel's word that an SA reached a lifetime to the session that holds it, if one does. */
    public void saExpired(Event.SaExpired expired) {
        shards.forEach(shard -> shard.offer(Lane.ANSWERS, loop -> loop.saExpired(expired)));
    }

    /** The established sessions; without those of a shard that has stopped. */
    public CompletableFuture<List<SessionSummary>> sessions() {
        return askAll(ShardLoop::summaries)
                .thenApply(lists -> lists.stream().flatMap(List::stream).toList());
    }

    /**
     * Lets every session say good-bye to its peer, keeping leases; whatever is not through with it when the time is over
     * is ended all the same. Then stops the shards and closes the edge. Idempotent.
     */
    public void close(Duration limit) throws InterruptedException {
        if (started.get()) {
            awaitAll(askAll(ShardLoop::shutDown).thenCompose(Engine::all), limit);
            awaitAll(askAll(loop -> loop.abandon("ended before the peer had answered")), STOP_LIMIT);
        }
        shards.forEach(Shard::stop);
        for (Shard shard : shards) {
            shard.join(STOP_LIMIT);
        }
        edge.close();
    }

    private void route(Path path, Octets message) {
        switch (router.route(path, message, counters.halfOpen(), clock.instant())) {
            case Routing.ToSession(long spi) -> {
                int shard = SpiAllocator.shardOf(spi);
                if (shard < shards.size()) {
                    deliver(shard, Lane.TRAFFIC, loop -> loop.arrived(spi, path, message));
                } else {
                    unknownSpis.answer(path, message);
                }
            }
            case Routing.NewSession(long initiatorSpi, Octets shardKey) -> {
                int shard = Math.floorMod(shardKey.hashCode(), shards.size());
                deliver(shard, Lane.NEWCOMERS, loop -> loop.knocked(path, message));
            }
            case Routing.Answer(Octets answer) -> {
                counters.add(Count.STATELESS_ANSWERS);
                edge.send(path, answer);
            }
            case Routing.Drop(String reason) -> counters.dropped(reason);
        }
    }

    private void deliver(int shard, Lane lane, Consumer<ShardLoop> work) {
        Receipt receipt = shards.get(shard).offer(lane, work);
        if (receipt != Receipt.TAKEN) {
            counters.dropped(
                    switch (lane) {
                        case NEWCOMERS -> "shard-full-init";
                        case TRAFFIC, ANSWERS -> "shard-full";
                    });
        }
    }

    private void closeOthers(String identity, String session, Instant until) {
        shards.forEach(shard -> shard.offer(Lane.ANSWERS, loop -> loop.closeOthers(identity, session, until)));
    }

    private CompletableFuture<Boolean> tell(String session, Event event) {
        return askAll(loop -> loop.tell(session, event)).thenApply(heard -> heard.contains(true));
    }

    private Shard nextShard() {
        return shards.get(Math.floorMod(nextInitiator.getAndIncrement(), shards.size()));
    }

    /** What each shard says; shards that have stopped say nothing. */
    private <T> CompletableFuture<List<T>> askAll(Function<ShardLoop, T> question) {
        List<CompletableFuture<Optional<T>>> answers = shards.stream()
                .map(shard -> shard.ask(question).thenApply(Optional::of).exceptionally(stopped -> Optional.empty()))
                .toList();
        return all(answers)
                .thenApply(done -> answers.stream()
                        .flatMap(answer -> answer.join().stream())
                        .toList());
    }

    private static CompletableFuture<Void> all(List<? extends CompletableFuture<?>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
    }

    private static void awaitAll(CompletableFuture<?> done, Duration limit) throws InterruptedException {
        try {
            done.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.warn("not everything was over within {}", limit);
        } catch (ExecutionException e) {
            LOG.error("closing threw", e);
        }
    }
}
