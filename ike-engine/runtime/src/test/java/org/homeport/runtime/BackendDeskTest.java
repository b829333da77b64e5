package org.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.auth.AuthorizationQuestion;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.session.CallId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.core.session.Output.RemoveSa.Policies;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.runtime.EngineCounters.Count;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions of sessions to backends, and what becomes of the answers. */
final class BackendDeskTest {
    private static final CallId CALL = new CallId(17);
    private static final LeaseOutcome GRANTED = new LeaseOutcome.Granted(List.of(Samples.LEASE));
    private static final SaOutcome INSTALLED = new SaOutcome.Installed();

    private final ShardBench bench = new ShardBench();
    private final World world = bench.world;
    private FakeSession session;

    @BeforeEach
    void acceptASession() {
        session = bench.accept()
                .on(Event.Command.Close.class, new Output.Closed("ordered", Output.Cause.ADMIN_RESET))
                .on(Event.Command.Probe.class, e -> {
                    throw new IllegalStateException("a mistake of ours, staged");
                });
    }

    @Test
    void answersComeBackWithTheirCallByTheMailbox() {
        EapTurn turn = new EapTurn.Message(Octets.of(2, 1, 0, 4));
        order(new Output.AskEap(CALL, turn));
        assertThat(world.eapQuestions.getFirst().what()).isEqualTo(turn);
        EapTurn.Outcome outcome = new EapTurn.Outcome.Continue(Octets.of(1, 2, 0, 4));
        world.eapQuestions.getFirst().answer().accept(outcome);
        assertThat(session.heard(Event.EapReply.class)).isEmpty();
        bench.run();
        assertThat(session.heard(Event.EapReply.class)).containsExactly(new Event.EapReply(CALL, outcome));
        assertThat(bench.counters.get(Count.STALE_ANSWERS)).isZero();
    }

    @Test
    void peerThatNobodyIsThereToAuthorizeHearsSo() {
        order(new Output.AskAuthorization(
                CALL,
                new AuthorizationQuestion(
                        PeerIdentity.parse("mn1@example.org"),
                        "PSK",
                        new Endpoint(IpAddress.parse("2001:db8:1::10"), 500),
                        "nodes")));
        bench.run();
        assertThat(session.heard(Event.AuthorizationReply.class))
                .singleElement()
                .satisfies(reply -> assertThat(reply.call()).isEqualTo(CALL))
                .satisfies(reply ->
                        assertThat(reply.outcome()).isInstanceOf(AuthorizationQuestion.Outcome.Unavailable.class));
    }

    @Test
    void secondAnswerToOneQuestionIsDroppedAndUndoesNothing() {
        order(new Output.InstallSa(CALL, Samples.plan(0x1111), Optional.empty()));
        world.installs.getFirst().answer().accept(INSTALLED);
        world.installs.getFirst().answer().accept(INSTALLED);
        bench.run();
        assertThat(session.heard(Event.SaReply.class)).hasSize(1);
        assertThat(bench.counters.get(Count.STALE_ANSWERS)).isOne();
        assertThat(world.removed).isEmpty();
    }

    @Test
    void leaseGrantedToASessionThatHasGoneIsReleased() {
        order(new Output.AskLease(CALL, Samples.leaseRequest()));
        close();
        world.claims.getFirst().answer().accept(GRANTED);
        bench.run();
        assertThat(world.released).containsExactly(Samples.LEASE);
        assertThat(session.heard(Event.LeaseReply.class)).isEmpty();
        assertThat(bench.counters.get(Count.STALE_ANSWERS)).isOne();
    }

    @Test
    void saInstalledForASessionThatHasGoneIsRemoved() {
        order(new Output.InstallSa(CALL, Samples.plan(0x1111), Optional.empty()));
        close();
        world.removed.clear();
        world.installs.getFirst().answer().accept(INSTALLED);
        bench.run();
        assertThat(world.removed).containsExactly(Samples.plan(0x1111).handle());
        assertThat(bench.counters.get(Count.STALE_ANSWERS)).isOne();
    }

    @Test
    void answersToAShardThatHasStoppedAreUndoneToo() {
        order(
                new Output.AskLease(CALL, Samples.leaseRequest()),
                new Output.InstallSa(new CallId(18), Samples.plan(0x1111), Optional.empty()));
        bench.loop.mailbox().close();
        world.claims.getFirst().answer().accept(GRANTED);
        world.installs.getFirst().answer().accept(INSTALLED);
        assertThat(world.released).containsExactly(Samples.LEASE);
        assertThat(world.removed).containsExactly(Samples.plan(0x1111).handle());
    }

    @Test
    void refusalsOfNobodysQuestionsAreOnlyCounted() {
        order(
                new Output.AskLease(CALL, Samples.leaseRequest()),
                new Output.AskEap(new CallId(18), new EapTurn.Message(Octets.EMPTY)));
        close();
        world.claims.getFirst().answer().accept(new LeaseOutcome.None("exhausted"));
        world.eapQuestions.getFirst().answer().accept(new EapTurn.Outcome.Unavailable("late"));
        bench.run();
        assertThat(world.released).isEmpty();
        assertThat(bench.counters.get(Count.STALE_ANSWERS)).isEqualTo(2);
    }

    @Test
    void sessionEndedByAnExceptionLeavesNothingBehind() {
        order(
                new Output.AskLease(CALL, Samples.leaseRequest()),
                new Output.InstallSa(new CallId(18), Samples.plan(0x1111), Optional.empty()));
        world.claims.getFirst().answer().accept(GRANTED);
        world.installs.getFirst().answer().accept(INSTALLED);
        bench.run();
        bench.loop.tell("s0", new Event.Command.Probe());
        assertThat(world.released).containsExactly(Samples.LEASE);
        assertThat(world.removed).containsExactly(Samples.plan(0x1111).handle());
        assertThat(world.eapQuestions.getLast().what()).isEqualTo(new EapTurn.Abandon());
    }

    @Test
    void closedSessionKeepsItsLeasesButNoSas() {
        order(
                new Output.AskLease(CALL, Samples.leaseRequest()),
                new Output.InstallSa(new CallId(18), Samples.plan(0x1111), Optional.empty()),
                new Output.InstallSa(new CallId(19), Samples.plan(0x3333), Optional.empty()),
                new Output.RemoveSa(Samples.plan(0x1111).handle(), Policies.KEEP));
        world.claims.getFirst().answer().accept(GRANTED);
        bench.run();
        close();
        assertThat(world.released).as("a lease outlives a shutdown").isEmpty();
        assertThat(world.order).containsSubsequence("remove KEEP", "remove REMOVE", "closed");
        assertThat(world.removed)
                .containsExactly(
                        Samples.plan(0x1111).handle(), Samples.plan(0x3333).handle());
    }

    @Test
    void migratedSaIsRemovedAtItsNewAddresses() {
        IpAddress there = IpAddress.parse("203.0.113.9");
        order(
                new Output.InstallSa(CALL, Samples.plan(0x1111), Optional.empty()),
                new Output.MigrateSa(Samples.plan(0x1111).handle(), IpAddress.parse("192.0.2.1"), there));
        close();
        assertThat(world.removed).singleElement().satisfies(sa -> {
            assertThat(sa.remote()).isEqualTo(there);
            assertThat(sa.inboundSpi()).isEqualTo(0x1111);
        });
    }

    @Test
    void expiryReachesTheSessionThatHoldsTheSa() {
        Event.SaExpired soft = new Event.SaExpired(0x1111, Event.SaExpired.Expiry.SOFT);
        order(new Output.InstallSa(CALL, Samples.plan(0x1111), Optional.empty()));
        bench.loop.saExpired(soft);
        bench.loop.saExpired(new Event.SaExpired(0x4444, Event.SaExpired.Expiry.SOFT));
        assertThat(session.heard(Event.SaExpired.class)).containsExactly(soft);
        world.installs.getFirst().answer().accept(new SaOutcome.Failed("no ESP in this kernel"));
        bench.run();
        bench.loop.saExpired(soft);
        assertThat(session.heard(Event.SaExpired.class)).hasSize(1);
    }

    @Test
    void backendThatThrowsIsUnavailableToTheSession() {
        session.on(Event.Command.RekeyIke.class, new Output.AskLease(CALL, Samples.leaseRequest()));
        world.claimFailure = Optional.of(new IllegalStateException("staged"));
        bench.loop.tell("s0", new Event.Command.RekeyIke());
        bench.run();
        assertThat(session.heard(Event.LeaseReply.class))
                .singleElement()
                .satisfies(reply -> assertThat(reply.outcome()).isInstanceOf(LeaseOutcome.Unavailable.class));
        assertThat(bench.counters.get(Count.BUGS)).isOne();
    }

    @Test
    void shutdownWaitsForGrantsThatAreStillOpen() {
        order(new Output.InstallSa(CALL, Samples.plan(0x1111), Optional.empty()));
        session.on(Event.Command.Shutdown.class, new Output.Closed("shut down", Output.Cause.SHUTDOWN));
        var idle = bench.loop.shutDown();
        bench.run();
        assertThat(idle).isNotDone();
        world.installs.getFirst().answer().accept(INSTALLED);
        bench.run();
        assertThat(idle).isCompleted();
    }

    private void order(Output... outputs) {
        session.on(Event.Command.RekeyIke.class, outputs);
        bench.loop.tell("s0", new Event.Command.RekeyIke());
    }

    private void close() {
        bench.loop.tell("s0", new Event.Command.Close("test", Output.Cause.ADMIN_RESET));
    }
}
