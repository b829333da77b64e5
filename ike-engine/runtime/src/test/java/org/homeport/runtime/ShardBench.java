package org.homeport.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.homeport.core.endpoint.Routing;
import org.homeport.core.session.Path;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.runtime.Mailbox.Lane;
import org.homeport.runtime.ShardLoop.Surroundings;

/** One shard driven by hand; each session that it accepts is prepared by the test first. */
final class ShardBench {
    record Others(String identity, String session, Instant until) {}

    static final Octets UNKNOWN = Octets.utf8("INVALID_IKE_SPI");

    final World world = new World();
    final EngineCounters counters = new EngineCounters();
    final List<FakeSession> accepted = new ArrayList<>();
    final List<Others> closeOthers = new ArrayList<>();
    final ShardLoop loop;

    private Consumer<FakeSession> script = session -> {};

    ShardBench() {
        Router router = new Router() {
            @Override
            public Routing route(Path path, Octets datagram, int halfOpen, Instant now) {
                return new Routing.Drop("not routed here");
            }

            @Override
            public Optional<Octets> unknownSpiAnswer(Octets datagram) {
                return Optional.of(UNKNOWN);
            }
        };
        loop = new ShardLoop(
                3,
                new Mailbox(100, 100),
                new Surroundings(
                        world,
                        (spis, path) -> {
                            FakeSession session = new FakeSession("s" + accepted.size(), spis.next());
                            script.accept(session);
                            accepted.add(session);
                            return session;
                        },
                        new UnknownSpis(router, world, 10, world, counters),
                        world.backends,
                        (identity, session, until) -> closeOthers.add(new Others(identity, session, until)),
                        world,
                        RandomSource.of(new Random(1)),
                        counters));
    }

    /** What every session accepted from now on does. */
    ShardBench script(Consumer<FakeSession> next) {
        script = next;
        return this;
    }

    /** A new session that has heard its first message. */
    FakeSession accept() {
        return accept(Octets.utf8("request " + accepted.size()));
    }

    FakeSession accept(Octets request) {
        loop.knocked(Samples.PATH, request);
        return accepted.getLast();
    }

    void post(Lane lane, Runnable work) {
        loop.mailbox().offer(lane, work);
    }

    void run() {
        while (loop.step()) {
            // until there is nothing to do at this time
        }
    }
}
