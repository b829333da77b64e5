package org.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.homeport.core.endpoint.Routing;
import org.homeport.core.session.CallId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.core.session.Path;
import org.homeport.core.session.SessionSummary;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireWriter;
import org.homeport.runtime.EngineCounters.Count;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole engine with its threads, but without sockets. */
@Timeout(10)
final class EngineTest {
    private static final Octets ANSWER = Octets.utf8("COOKIE");
    private static final Duration SOON = Duration.ofSeconds(5);

    /** A datagram for the router of this test: what is to become of it, then 8 octets of SPI. */
    private enum Kind {
        INIT,
        SESSION,
        ANSWERED,
        DROPPED,
        BUG
    }

    private final World world = new World();
    private final EngineCounters counters = new EngineCounters();
    private final List<FakeSession> accepted = new CopyOnWriteArrayList<>();
    private final List<Integer> halfOpenSeen = new CopyOnWriteArrayList<>();
    private final Engine engine = new Engine(
            new EngineSettings(4, 2, 2, 10),
            world,
            new TestRouter(),
            (spis, path) -> {
                FakeSession session = new FakeSession("s" + path.remote().port(), spis.next());
                script().accept(session);
                accepted.add(session);
                return session;
            },
            world.backends,
            world,
            RandomSource.of(new Random(3)),
            counters);

    private volatile Consumer<FakeSession> script =
            session -> session.on(Event.Command.Shutdown.class, new Output.Closed("shut down", Output.Cause.SHUTDOWN));

    @AfterEach
    void stop() throws InterruptedException {
        engine.close(Duration.ofSeconds(1));
    }

    @Test
    void sessionsSpreadOverTheShardsAndPacketsFindThemByTheirSpi() {
        engine.start();
        for (int port = 1; port <= 40; port++) {
            Path path = Samples.path(port);
            int expected = port;
            engine.received(path, datagram(Kind.INIT, port));
            await().until(() -> accepted.size() == expected);
        }
        assertThat(accepted).extracting(s -> SpiAllocator.shardOf(s.spi)).contains(0, 1, 2, 3);
        for (FakeSession session : accepted) {
            Octets packet = datagram(Kind.SESSION, session.spi);
            engine.received(Samples.path(999), packet);
            await().until(() ->
                    session.heard(Event.Received.class).contains(new Event.Received(Samples.path(999), packet)));
        }
        assertThat(counters.halfOpen()).isEqualTo(40);
        engine.received(Samples.PATH, datagram(Kind.DROPPED, 0));
        assertThat(halfOpenSeen.getLast()).isEqualTo(40);
    }

    @Test
    void routerAnswersAndDropsWithoutAnySession() {
        engine.received(Samples.PATH, datagram(Kind.ANSWERED, 0));
        engine.received(Samples.PATH, datagram(Kind.DROPPED, 0));
        engine.received(Samples.PATH, datagram(Kind.BUG, 0));
        assertThat(world.sent).containsExactly(new World.Sent(Samples.PATH, ANSWER));
        assertThat(counters.get(Count.STATELESS_ANSWERS)).isOne();
        assertThat(counters.get(Count.BUGS)).isOne();
        assertThat(counters.drops()).containsExactlyEntriesOf(Map.of("staged", 1L));
    }

    @Test
    void spiOfNoShardIsUnknownAtOnce() {
        for (int i = 0; i < 15; i++) {
            engine.received(Samples.PATH, datagram(Kind.SESSION, 0x1234_0004));
        }
        assertThat(world.sent).hasSize(10);
        assertThat(counters.get(Count.UNKNOWN_SPI_SUPPRESSED)).isEqualTo(5);
    }

    @Test
    void floodOfInitsIsCutAndCountedAndStartedShardsWorkOn() {
        // Not started yet: the mailboxes fill.
        for (int i = 0; i < 10; i++) {
            engine.received(Samples.path(7), datagram(Kind.INIT, 7));
            engine.received(Samples.path(7), datagram(Kind.SESSION, 0x1000));
        }
        assertThat(counters.drops()).containsEntry("shard-full-init", 8L).containsEntry("shard-full", 8L);
        engine.start();
        await().untilAsserted(() -> assertThat(accepted)
                .singleElement()
                .satisfies(s -> assertThat(s.heard).hasSize(2)));
        assertThat(counters.get(Count.REPEATED_INITS)).isOne();
    }

    @Test
    void initiatorIsStartedCommandedAndListed() throws Exception {
        engine.start();
        CompletableFuture<FakeSession> made = new CompletableFuture<>();
        String id = engine.initiate(spis -> {
                    FakeSession mn = new FakeSession("mn", spis.next());
                    mn.on(Event.Command.Start.class, new Output.Send(Samples.PATH, Samples.INIT))
                            .on(Event.Command.Close.class, new Output.Closed("ordered", Output.Cause.ADMIN_RESET));
                    mn.summary = Optional.of(Samples.summary("mn", "ha.example.org"));
                    made.complete(mn);
                    return mn;
                })
                .get();
        assertThat(id).isEqualTo("mn");
        assertThat(world.sent).containsExactly(new World.Sent(Samples.PATH, Samples.INIT));
        assertThat(engine.sessions().get()).extracting(SessionSummary::session).containsExactly("mn");
        assertThat(engine.moved("mn", Samples.path(5)).get()).isTrue();
        assertThat(made.get().heard).contains(new Event.Moved(Samples.path(5)));
        assertThat(engine.command("nobody", new Event.Command.Probe()).get()).isFalse();
        assertThat(engine.command("mn", new Event.Command.Close("test", Output.Cause.ADMIN_RESET))
                        .get())
                .isTrue();
        assertThat(engine.sessions().get()).isEmpty();
        assertThat(world.told).containsExactly("mn closed: ordered (ADMIN_RESET)");
    }

    @Test
    void initiatorThatCannotBeMadeIsReported() {
        engine.start();
        assertThatThrownBy(() -> engine.initiate(spis -> {
                            throw new IllegalStateException("staged");
                        })
                        .get())
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("staged");
        assertThat(counters.sessions()).isZero();
    }

    @Test
    void newerSessionOfAnIdentityEndsTheOlderOnAnotherShard() {
        engine.start();
        script = session -> session.on(
                        Event.Received.class,
                        new Output.Established(Samples.summary(session.id(), "mn@example.org")),
                        new Output.CloseOthers("mn@example.org"))
                .on(Event.Command.Close.class, new Output.Closed("stale", Output.Cause.REPLACED))
                .on(Event.Command.Shutdown.class, new Output.Closed("shut down", Output.Cause.SHUTDOWN));
        for (int port = 1; port <= 8; port++) {
            world.pass(Duration.ofSeconds(1));
            engine.received(Samples.path(port), datagram(Kind.INIT, port));
            int expected = port;
            await().until(() -> counters.get(Count.SESSIONS_ESTABLISHED) == expected && counters.sessions() == 1);
        }
        assertThat(world.told).filteredOn(line -> line.contains("stale")).hasSize(7);
        assertThat(world.told).doesNotContain("s8 closed: stale (REPLACED)");
    }

    @Test
    void closingLetsSessionsSayGoodByeAndThenClosesTheEdge() throws Exception {
        script = session -> session.on(
                Event.Command.Shutdown.class,
                new Output.Send(Samples.PATH, Octets.utf8("DELETE")),
                new Output.Closed("shut down", Output.Cause.SHUTDOWN));
        engine.start();
        engine.received(Samples.path(1), datagram(Kind.INIT, 1));
        engine.received(Samples.path(2), datagram(Kind.INIT, 2));
        await().until(() -> accepted.size() == 2);
        engine.close(SOON);
        assertThat(world.told)
                .containsExactlyInAnyOrder("s1 closed: shut down (SHUTDOWN)", "s2 closed: shut down (SHUTDOWN)");
        assertThat(world.sent).hasSize(2);
        assertThat(world.order.getLast()).isEqualTo("close edge");
        assertThatThrownBy(() -> engine.initiate(spis -> new FakeSession("late", spis.next()))
                        .get())
                .hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(engine.sessions().get()).isEmpty();
    }

    @Test
    void closingEndsTheSilentWithinItsLimitAndLeavesNoSa() throws Exception {
        script = session -> session.on(
                Event.Received.class, new Output.InstallSa(new CallId(1), Samples.plan(0x1111), Optional.empty()));
        engine.start();
        engine.received(Samples.path(1), datagram(Kind.INIT, 1));
        await().until(() -> world.installs.size() == 1);
        long begin = System.nanoTime();
        engine.close(Duration.ofMillis(200));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(150), SOON);
        assertThat(accepted.getFirst().heard(Event.Command.Shutdown.class)).hasSize(1);
        assertThat(world.told).containsExactly("s1 closed: ended before the peer had answered (SHUTDOWN)");
        assertThat(world.removed).containsExactly(Samples.plan(0x1111).handle());
    }

    @Test
    void blockedShardDoesNotKeepTheEngineFromClosing() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        script = session -> session.on(Event.Received.class, e -> {
            try {
                blocked.await();
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });
        engine.start();
        engine.received(Samples.path(1), datagram(Kind.INIT, 1));
        await().until(() -> accepted.size() == 1);
        engine.close(Duration.ofMillis(50));
        assertThat(world.order).contains("close edge");
        blocked.countDown();
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    private Consumer<FakeSession> script() {
        return script;
    }

    private static Octets datagram(Kind kind, long spi) {
        return new WireWriter().u8(kind.ordinal()).bits64(spi).toOctets();
    }

    private final class TestRouter implements Router {
        @Override
        public Routing route(Path path, Octets datagram, int halfOpen, Instant now) {
            halfOpenSeen.add(halfOpen);
            long spi = 0;
            for (int i = 1; i <= 8; i++) {
                spi = spi << 8 | datagram.at(i);
            }
            return switch (Kind.values()[datagram.at(0)]) {
                case INIT -> new Routing.NewSession(spi, datagram);
                case SESSION -> new Routing.ToSession(spi);
                case ANSWERED -> new Routing.Answer(ANSWER);
                case DROPPED -> new Routing.Drop("staged");
                case BUG -> throw new IllegalStateException("staged");
            };
        }

        @Override
        public Optional<Octets> unknownSpiAnswer(Octets datagram) {
            return Optional.of(ShardBench.UNKNOWN);
        }
    }
}
