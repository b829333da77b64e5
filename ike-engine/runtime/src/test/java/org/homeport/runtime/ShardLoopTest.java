package org.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.homeport.core.session.CallId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.core.session.TimerId;
import org.homeport.kit.Octets;
import org.homeport.runtime.Edge.Delivery;
import org.homeport.runtime.EngineCounters.Count;
import org.homeport.runtime.Mailbox.Lane;
import org.junit.jupiter.api.Test;

final class ShardLoopTest {
    private static final TimerId RETRANSMIT = new TimerId.Retransmit();
    private static final TimerId HALF_OPEN = new TimerId.HalfOpen();

    private final ShardBench bench = new ShardBench();
    private final World world = bench.world;
    private final ShardLoop loop = bench.loop;

    @Test
    void initRequestMakesASessionWhoseSpiNamesItsShard() {
        FakeSession session = bench.accept(Samples.INIT);
        assertThat(session.heard).containsExactly(new Event.Received(Samples.PATH, Samples.INIT));
        assertThat(SpiAllocator.shardOf(session.spi)).isEqualTo(3);
        assertThat(bench.counters.halfOpen()).isOne();
        assertThat(bench.counters.sessions()).isOne();
        loop.arrived(session.spi, Samples.path(1234), Samples.AUTH);
        assertThat(session.heard).hasSize(2).contains(new Event.Received(Samples.path(1234), Samples.AUTH));
    }

    @Test
    void repeatedInitRequestMeetsItsHalfOpenSession() {
        FakeSession session = bench.accept(Samples.INIT);
        loop.knocked(Samples.PATH, Octets.copyOf(Samples.INIT.toByteArray()));
        assertThat(bench.accepted).containsExactly(session);
        assertThat(session.heard).hasSize(2);
        assertThat(bench.counters.get(Count.REPEATED_INITS)).isOne();
    }

    @Test
    void sameRequestFromElsewhereAndAnotherRequestFromThereAreNewcomers() {
        bench.accept(Samples.INIT);
        loop.knocked(Samples.path(40_001), Samples.INIT);
        loop.knocked(Samples.PATH, Samples.INIT.plus(Octets.of(1)));
        assertThat(bench.accepted).hasSize(3);
        assertThat(bench.counters.halfOpen()).isEqualTo(3);
    }

    @Test
    void establishedAndClosedSessionsAreHalfOpenNoMore() {
        FakeSession established = bench.accept(Samples.INIT)
                .on(Event.Received.class, new Output.Established(Samples.summary("s0", "mn@example.org")));
        FakeSession closed = bench.accept(Samples.AUTH)
                .on(Event.Received.class, new Output.Closed("refused", Output.Cause.ADMIN_RESET));
        loop.arrived(established.spi, Samples.PATH, Samples.AUTH);
        assertThat(bench.counters.halfOpen()).isOne();
        loop.arrived(closed.spi, Samples.PATH, Samples.AUTH);
        assertThat(bench.counters.halfOpen()).isZero();
        assertThat(bench.counters.sessions()).isOne();
        loop.knocked(Samples.PATH, Samples.INIT);
        assertThat(bench.accepted).as("an old request again is a new one").hasSize(3);
        assertThat(established.heard).hasSize(2);
    }

    @Test
    void everySpiAnnouncedLeadsToItsSessionUntilItIsRemoved() {
        FakeSession session = bench.accept();
        session.on(Event.Command.RekeyIke.class, new Output.SpiAdded(0x4403), new Output.SpiRemoved(session.spi));
        loop.tell("s0", new Event.Command.RekeyIke());
        loop.arrived(0x4403, Samples.PATH, Samples.AUTH);
        assertThat(session.heard).hasSize(3);
        loop.arrived(session.spi, Samples.PATH, Samples.AUTH);
        assertThat(session.heard).hasSize(3);
        assertThat(world.sent).containsExactly(new World.Sent(Samples.PATH, ShardBench.UNKNOWN));
    }

    @Test
    void unknownSpisAreAnsweredTenTimesASecondAtMost() {
        for (int i = 0; i < 50; i++) {
            loop.arrived(0x7703, Samples.PATH, Samples.AUTH);
        }
        assertThat(world.sent).hasSize(10);
        assertThat(bench.counters.get(Count.UNKNOWN_SPI_ANSWERS)).isEqualTo(10);
        assertThat(bench.counters.get(Count.UNKNOWN_SPI_SUPPRESSED)).isEqualTo(40);
        assertThat(bench.counters.drops()).containsEntry("unknown-spi", 50L);
    }

    @Test
    void outputsAreCarriedOutInTheirOrder() {
        bench.accept()
                .on(
                        Event.Command.Probe.class,
                        new Output.AskLease(new CallId(1), Samples.leaseRequest()),
                        new Output.Send(Samples.PATH, Samples.AUTH),
                        new Output.Trace(Output.Trace.Level.INFO, "a.b", List.of()),
                        new Output.ReleaseLease(Samples.LEASE),
                        new Output.Closed("done", Output.Cause.ADMIN_RESET));
        loop.tell("s0", new Event.Command.Probe());
        assertThat(world.order).containsExactly("claim", "send", "trace", "release", "closed");
    }

    @Test
    void timerFiresOnceAtItsTimeAndSettingItAgainReplacesIt() {
        FakeSession session = bench.script(s -> s.on(
                        Event.Received.class,
                        new Output.SetTimer(HALF_OPEN, Duration.ofSeconds(30)),
                        new Output.SetTimer(RETRANSMIT, Duration.ofSeconds(1)),
                        new Output.SetTimer(RETRANSMIT, Duration.ofSeconds(2))))
                .accept();
        assertThat(loop.pause()).contains(Duration.ofSeconds(2));
        world.pass(Duration.ofSeconds(1));
        bench.run();
        assertThat(session.heard(Event.TimerFired.class)).isEmpty();
        world.pass(Duration.ofSeconds(1));
        bench.run();
        assertThat(session.heard(Event.TimerFired.class)).containsExactly(new Event.TimerFired(RETRANSMIT));
        assertThat(session.at.getLast()).isEqualTo(world.now);
        world.pass(Duration.ofMinutes(1));
        bench.run();
        assertThat(session.heard(Event.TimerFired.class))
                .containsExactly(new Event.TimerFired(RETRANSMIT), new Event.TimerFired(HALF_OPEN));
        assertThat(loop.pause()).isEmpty();
    }

    @Test
    void cancelledTimersAndThoseOfEndedSessionsNeverFire() {
        bench.script(s -> s.on(
                        Event.Received.class,
                        new Output.SetTimer(HALF_OPEN, Duration.ofSeconds(5)),
                        new Output.SetTimer(RETRANSMIT, Duration.ofSeconds(5)))
                .on(Event.Command.Probe.class, new Output.CancelTimer(RETRANSMIT), new Output.CancelTimer(RETRANSMIT))
                .on(Event.Command.Close.class, new Output.Closed("ordered", Output.Cause.ADMIN_RESET)));
        FakeSession cancels = bench.accept();
        FakeSession ends = bench.accept();
        loop.tell("s0", new Event.Command.Probe());
        loop.tell("s1", new Event.Command.Close("test", Output.Cause.ADMIN_RESET));
        world.pass(Duration.ofSeconds(10));
        bench.run();
        assertThat(cancels.heard(Event.TimerFired.class)).containsExactly(new Event.TimerFired(HALF_OPEN));
        assertThat(ends.heard(Event.TimerFired.class)).isEmpty();
    }

    @Test
    void timerCancelledByOneThatIsDueAtTheSameTimeDoesNotFire() {
        FakeSession session = bench.script(s -> s.on(
                                Event.Received.class,
                                new Output.SetTimer(HALF_OPEN, Duration.ofSeconds(5)),
                                new Output.SetTimer(RETRANSMIT, Duration.ofSeconds(5)))
                        .on(Event.TimerFired.class, new Output.CancelTimer(RETRANSMIT)))
                .accept();
        world.pass(Duration.ofSeconds(5));
        bench.run();
        assertThat(session.heard(Event.TimerFired.class)).containsExactly(new Event.TimerFired(HALF_OPEN));
    }

    @Test
    void timerSetToFireAtOnceDoesNotKeepMessagesWaiting() {
        FakeSession session = bench.script(
                        s -> s.on(Event.Received.class, new Output.SetTimer(RETRANSMIT, Duration.ZERO))
                                .on(Event.TimerFired.class, new Output.SetTimer(RETRANSMIT, Duration.ZERO)))
                .accept();
        bench.post(Lane.NEWCOMERS, () -> loop.tell("s0", new Event.Command.Probe()));
        loop.step();
        assertThat(session.heard(Event.Command.Probe.class)).hasSize(1);
    }

    @Test
    void exceptionEndsItsSessionOnly() {
        bench.script(s -> s.on(Event.Received.class, new Output.SetTimer(HALF_OPEN, Duration.ofSeconds(5))));
        FakeSession broken = bench.accept();
        FakeSession well = bench.accept();
        broken.on(Event.Command.Probe.class, e -> {
            throw new IllegalStateException("a mistake of ours, staged");
        });
        bench.post(Lane.ANSWERS, () -> loop.tell("s0", new Event.Command.Probe()));
        bench.post(Lane.ANSWERS, () -> loop.tell("s1", new Event.Command.Probe()));
        world.pass(Duration.ofSeconds(10));
        bench.run();
        assertThat(bench.counters.get(Count.BUGS)).isOne();
        assertThat(bench.counters.sessions()).isOne();
        assertThat(bench.counters.halfOpen()).isOne();
        assertThat(world.told).containsExactly("s0 closed: internal error (FAILURE)");
        assertThat(well.heard(Event.Command.Probe.class)).hasSize(1);
        loop.arrived(broken.spi, Samples.PATH, Samples.AUTH);
        assertThat(broken.heard(Event.Received.class)).hasSize(1);
    }

    @Test
    void stackOverflowEndsItsSessionOnly() {
        bench.accept().on(Event.Command.Probe.class, e -> {
            throw new StackOverflowError("staged");
        });
        FakeSession well = bench.accept();
        loop.tell("s0", new Event.Command.Probe());
        assertThat(loop.tell("s0", new Event.Command.Probe())).isFalse();
        assertThat(loop.tell("s1", new Event.Command.Probe())).isTrue();
        assertThat(well.heard).hasSize(2);
    }

    @Test
    void spiOfAnotherSessionIsOurMistakeAndLeavesTheOtherAlone() {
        FakeSession first = bench.accept();
        bench.accept().on(Event.Command.RekeyIke.class, new Output.SpiAdded(first.spi));
        loop.tell("s1", new Event.Command.RekeyIke());
        assertThat(world.told).containsExactly("s1 closed: internal error (FAILURE)");
        loop.arrived(first.spi, Samples.PATH, Samples.AUTH);
        assertThat(first.heard).hasSize(2);
    }

    @Test
    void workThatThrowsDoesNotStopTheLoop() {
        bench.post(Lane.ANSWERS, () -> {
            throw new IllegalStateException("staged");
        });
        bench.post(Lane.NEWCOMERS, () -> loop.knocked(Samples.PATH, Samples.INIT));
        bench.run();
        assertThat(bench.counters.get(Count.BUGS)).isOne();
        assertThat(bench.accepted).hasSize(1);
    }

    @Test
    void sendingFromWhereNothingListensIsCountedAndTold() {
        world.delivery = Delivery.NO_CHANNEL;
        bench.script(s -> s.on(Event.Received.class, new Output.Send(Samples.PATH, Samples.AUTH)))
                .accept();
        assertThat(bench.counters.get(Count.NO_CHANNEL)).isOne();
        assertThat(world.told).containsExactly("s0 send.no-channel");
    }

    @Test
    void newerSessionOfAnIdentityEndsThoseEstablishedBefore() {
        bench.script(s -> s.on(Event.Received.class, new Output.Established(Samples.summary(s.id(), "mn@example.org")))
                .on(Event.Command.Close.class, new Output.Closed("stale", Output.Cause.REPLACED)));
        bench.accept();
        bench.script(s -> s.on(
                Event.Received.class,
                new Output.Established(Samples.summary(s.id(), "mn@example.org")),
                new Output.CloseOthers("mn@example.org")));
        bench.accept();
        ShardBench.Others order = new ShardBench.Others("mn@example.org", "s1", world.now);
        assertThat(bench.closeOthers).containsExactly(order);
        world.pass(Duration.ofSeconds(1));
        bench.accept();
        loop.closeOthers(order.identity(), order.session(), order.until());
        assertThat(world.told)
                .filteredOn(line -> line.contains("closed"))
                .containsExactly("s0 closed: stale (REPLACED)");
        assertThat(bench.counters.sessions()).isEqualTo(2);
    }

    @Test
    void initiatorHearsStartFirstAndIsNotHalfOpen() {
        FakeSession[] made = new FakeSession[1];
        String id = loop.initiate(spis -> made[0] = new FakeSession("mn", spis.next()));
        assertThat(id).isEqualTo("mn");
        assertThat(made[0].heard).containsExactly(new Event.Command.Start());
        assertThat(bench.counters.halfOpen()).isZero();
        loop.arrived(made[0].spi, Samples.PATH, Samples.AUTH);
        assertThat(made[0].heard).hasSize(2);
    }

    @Test
    void shuttingDownTakesNoNewcomersAndIsOverWithTheLastSession() {
        FakeSession session = bench.accept()
                .on(Event.Command.Shutdown.class, new Output.SetTimer(RETRANSMIT, Duration.ofSeconds(1)))
                .on(Event.TimerFired.class, new Output.Closed("no answer", Output.Cause.PEER_LOST));
        var idle = loop.shutDown();
        assertThat(session.heard(Event.Command.Shutdown.class)).hasSize(1);
        loop.knocked(Samples.PATH, Samples.INIT);
        assertThat(bench.accepted).hasSize(1);
        assertThat(bench.counters.drops()).containsEntry("closing", 1L);
        assertThatThrownBy(() -> loop.initiate(spis -> session)).isInstanceOf(RejectedExecutionException.class);
        bench.run();
        assertThat(idle).isNotDone();
        world.pass(Duration.ofSeconds(1));
        bench.run();
        assertThat(idle).isCompleted();
    }
}
