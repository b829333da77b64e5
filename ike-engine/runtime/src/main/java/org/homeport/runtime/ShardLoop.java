package org.homeport.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.child.SaHandle;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.core.session.Path;
import org.homeport.core.session.Session;
import org.homeport.core.session.SessionFactory;
import org.homeport.core.session.SessionSummary;
import org.homeport.core.session.SpiSource;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.runtime.EngineCounters.Count;
import org.homeport.runtime.RunningSession.Init;
import org.homeport.runtime.RunningSession.Origin;
import org.homeport.runtime.RunningSession.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of one shard: its sessions, their timers and its mailbox, without the thread. Whoever calls {@link #step} is
 * the thread; tests do so by hand, under their own clock. Everything but {@link #mailbox} belongs to that thread.
 */
final class ShardLoop implements BackendDesk.Recipient {
    private static final Logger LOG = LoggerFactory.getLogger(ShardLoop.class);
    private static final String OUR_BUG = "internal error";

    private final Surroundings surroundings;
    private final InstantSource clock;
    private final EngineCounters counters;
    private final Mailbox mailbox;
    private final SessionTable sessions;
    private final Alarms alarms = new Alarms();
    private final SpiAllocator spis;
    private final BackendDesk desk;
    private final Orders orders;
    private final CompletableFuture<@Nullable Void> idle = new CompletableFuture<>();
    private boolean closing;

    /**
     * What all shards of an engine share.
     *
     * @param closeOthers reaches the sessions of every shard
     */
    record Surroundings(
            Edge edge,
            SessionFactory factory,
            UnknownSpis unknownSpis,
            Backends backends,
            CloseOthers closeOthers,
            InstantSource clock,
            RandomSource random,
            EngineCounters counters) {}

    interface CloseOthers {
        /** Ends the responder sessions of this identity that were established until then, but this one. */
        void closeOthers(String identity, String session, Instant until);
    }

    ShardLoop(int number, Mailbox mailbox, Surroundings surroundings) {
        this.surroundings = surroundings;
        this.clock = surroundings.clock();
        this.counters = surroundings.counters();
        this.mailbox = mailbox;
        this.sessions = new SessionTable(counters);
        this.spis = new SpiAllocator(number, surroundings.random(), sessions::isTaken);
        this.desk = new BackendDesk(surroundings.backends(), mailbox, counters, this);
        this.orders = new Orders(surroundings, sessions, alarms, desk);
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** Lets at most one timer fire and takes at most one message. @return whether there was anything to do */
    boolean step() {
        Optional<Alarms.Alarm> alarm = alarms.ring(clock.instant());
        alarm.ifPresent(a -> {
            a.session.alarms.remove(a.timer, a);
            deliver(a.session, new Event.TimerFired(a.timer));
        });
        Optional<Runnable> work = mailbox.poll();
        work.ifPresent(this::perform);
        if (closing && sessions.size() == 0 && desk.openGrants() == 0) {
            idle.complete(null);
        }
        return alarm.isPresent() || work.isPresent();
    }

    /** How long there is nothing to do unless a message comes; empty: for ever. */
    Optional<Duration> pause() {
        return alarms.next()
                .map(due -> Duration.between(clock.instant(), due))
                .map(pause -> pause.isNegative() ? Duration.ZERO : pause);
    }

    /** A datagram for one of our SPIs, if it still is one. */
    void arrived(long localSpi, Path path, Octets datagram) {
        sessions.bySpi(localSpi)
                .ifPresentOrElse(
                        session -> deliver(session, new Event.Received(path, datagram)),
                        () -> surroundings.unknownSpis().answer(path, datagram));
    }

    /** An IKE_SA_INIT request: for the session that it made earlier, or for a new one. */
    void knocked(Path path, Octets request) {
        Init init = new Init(path, request);
        Event received = new Event.Received(path, request);
        Optional<RunningSession> known = sessions.byInit(init);
        if (known.isPresent()) {
            counters.add(Count.REPEATED_INITS);
            deliver(known.get(), received);
            return;
        }
        if (closing) {
            counters.dropped("closing");
            return;
        }
        deliver(open(surroundings.factory().accept(spis, path), new Origin.Accepted(init)), received);
    }

    /** Makes and starts a session of which we are the initiator. @return its id */
    String initiate(Function<SpiSource, Session> initiator) {
        if (closing) {
            throw new RejectedExecutionException("the engine closes");
        }
        RunningSession session = open(initiator.apply(spis), new Origin.Ordered());
        deliver(session, new Event.Command.Start());
        return session.id;
    }

    /** Delivers an event from outside. @return whether there is such a session here */
    boolean tell(String id, Event event) {
        Optional<RunningSession> session = sessions.byId(id);
        session.ifPresent(s -> deliver(s, event));
        return session.isPresent();
    }

    void saExpired(Event.SaExpired expired) {
        sessions.byInboundSpi(expired.spi()).ifPresent(session -> deliver(session, expired));
    }

    void closeOthers(String identity, String keep, Instant until) {
        for (RunningSession other : sessions.respondersOf(identity)) {
            if (!other.id.equals(keep)
                    && other.phase() instanceof Phase.Established(String same, Instant at)
                    && !at.isAfter(until)) {
                deliver(
                        other,
                        new Event.Command.Close(
                                "replaced by a newer session of the same identity", Output.Cause.REPLACED));
            }
        }
    }

    List<SessionSummary> summaries() {
        return sessions.all().stream()
                .flatMap(session -> session.session.summary().stream())
                .toList();
    }

    /**
     * Takes no new sessions and lets those there are say good-bye.
     *
     * @return completed when there is neither a session left nor an answer that would have to be undone
     */
    CompletableFuture<@Nullable Void> shutDown() {
        closing = true;
        sessions.all().forEach(session -> deliver(session, new Event.Command.Shutdown()));
        return idle;
    }

    /** Ends what is still there without another word to the peers: SAs go, leases stay with their identities. @return how many */
    int abandon(String reason) {
        Collection<RunningSession> left = sessions.all();
        left.forEach(session -> orders.end(session, new Output.Closed(reason, Output.Cause.SHUTDOWN)));
        return left.size();
    }

    @Override
    public void answered(RunningSession session, Event answer) {
        if (answer instanceof Event.LeaseReply(var call, LeaseOutcome.Granted granted)) {
            granted.leases().forEach(lease -> session.leases.put(lease.id(), lease));
        }
        deliver(session, answer);
    }

    @Override
    public void notInstalled(RunningSession session, SaHandle sa) {
        sessions.holdsNoMore(session, sa);
    }

    private RunningSession open(Session session, Origin origin) {
        RunningSession running = new RunningSession(session, origin);
        sessions.add(running);
        return running;
    }

    /** One event into a session, its outputs out. What is thrown here is a mistake of ours and ends this session only. */
    private void deliver(RunningSession session, Event event) {
        if (session.hasEnded()) {
            return;
        }
        try {
            Instant now = clock.instant();
            orders.carryOut(session, session.session.handle(event, now), now);
        } catch (Throwable bug) {
            counters.add(Count.BUGS);
            LOG.error(
                    "session {}: ended by an exception at {}",
                    session.id,
                    event.getClass().getSimpleName(),
                    bug);
            orders.crash(session, new Output.Closed(OUR_BUG, Output.Cause.FAILURE));
        }
    }

    private void perform(Runnable work) {
        try {
            work.run();
        } catch (Throwable bug) {
            counters.add(Count.BUGS);
            LOG.error("a shard's work threw", bug);
        }
    }
}
