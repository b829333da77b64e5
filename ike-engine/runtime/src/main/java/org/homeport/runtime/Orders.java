package org.homeport.runtime;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.child.SaHandle;
import org.homeport.core.port.SessionListener;
import org.homeport.core.session.CallId;
import org.homeport.core.session.Output;
import org.homeport.core.session.Output.RemoveSa.Policies;
import org.homeport.core.session.Output.Trace.Field;
import org.homeport.core.session.Output.Trace.Level;
import org.homeport.core.session.Path;
import org.homeport.core.session.TimerId;
import org.homeport.runtime.Edge.Delivery;
import org.homeport.runtime.EngineCounters.Count;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what sessions of one shard order. */
final class Orders {
    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    private final Edge edge;
    private final SessionListener listener;
    private final ShardLoop.CloseOthers closeOthers;
    private final EngineCounters counters;
    private final SessionTable sessions;
    private final Alarms alarms;
    private final BackendDesk desk;

    Orders(ShardLoop.Surroundings surroundings, SessionTable sessions, Alarms alarms, BackendDesk desk) {
        this.edge = surroundings.edge();
        this.listener = surroundings.backends().listener();
        this.closeOthers = surroundings.closeOthers();
        this.counters = surroundings.counters();
        this.sessions = sessions;
        this.alarms = alarms;
        this.desk = desk;
    }

    /** In the order given; Closed is the last. @throws RuntimeException if the session orders what cannot be */
    void carryOut(RunningSession session, List<Output> outputs, Instant now) {
        Iterator<Output> rest = outputs.iterator();
        while (rest.hasNext() && !session.hasEnded()) {
            carryOut(session, rest.next(), now);
        }
        if (rest.hasNext()) {
            counters.add(Count.BUGS);
            LOG.error(
                    "session {}: {} ordered after Closed",
                    session.id,
                    rest.next().getClass().getSimpleName());
        }
    }

    /** The session is over and has put its own affairs in order; whatever SAs it forgot go with it. */
    void end(RunningSession session, Output.Closed closed) {
        session.alarms.values().forEach(alarms::cancel);
        session.alarms.clear();
        sessions.remove(session);
        session.sas.values().forEach(sa -> desk.remove(session, sa, Policies.REMOVE));
        session.sas.clear();
        tell(session, () -> listener.closed(session.id, closed));
    }

    /** The session is over and cannot put its affairs in order. */
    void crash(RunningSession session, Output.Closed closed) {
        if (!session.hasEnded()) {
            desk.askEap(session, new CallId(0), new EapTurn.Abandon());
            session.leases.values().forEach(lease -> desk.release(session, lease));
            session.leases.clear();
            end(session, closed);
        }
    }

    private void carryOut(RunningSession session, Output output, Instant now) {
        switch (output) {
            case Output.Send(var path, var message) -> sent(session, path, edge.send(path, message));
            case Output.SendKeepalive(var path) -> sent(session, path, edge.sendKeepalive(path));
            case Output.AskEap(var call, var turn) -> desk.askEap(session, call, turn);
            case Output.AskAuthorization(var call, var question) -> desk.askAuthorization(session, call, question);
            case Output.AskLease(var call, var request) -> desk.askLease(session, call, request);
            case Output.ReleaseLease(var lease) -> {
                session.leases.remove(lease.id());
                desk.release(session, lease);
            }
            case Output.InstallSa(var call, var plan, var replaces) -> {
                sessions.holds(session, plan.handle());
                desk.install(session, call, plan, replaces);
            }
            case Output.InstallInboundSa(var call, var plan, var replaces) -> {
                sessions.holds(session, plan.handle());
                desk.installInbound(session, call, plan, replaces);
            }
            case Output.ActivateSa(var sa) -> desk.activate(session, sa);
            case Output.RemoveSa(var sa, var policies) -> {
                sessions.holdsNoMore(session, sa);
                desk.remove(session, sa, policies);
            }
            case Output.MigrateSa(var sa, var local, var remote) -> {
                sessions.holds(session, new SaHandle(sa.reqid(), sa.inboundSpi(), sa.outboundSpi(), local, remote));
                desk.migrate(session, sa, local, remote);
            }
            case Output.SetTimer(var timer, var in) -> {
                cancel(session, timer);
                session.alarms.put(timer, alarms.set(session, timer, now.plus(in)));
            }
            case Output.CancelTimer(var timer) -> cancel(session, timer);
            case Output.SpiAdded(var spi) -> sessions.addSpi(session, spi);
            case Output.SpiRemoved(var spi) -> sessions.removeSpi(session, spi);
            case Output.Trace trace -> tell(session, () -> listener.trace(session.id, trace));
            case Output.IkeKeys keys -> tell(session, () -> listener.keys(session.id, keys));
            case Output.Established established -> {
                sessions.established(
                        session, established.summary().authorization().identity(), now);
                tell(session, () -> listener.established(session.id, established));
            }
            case Output.Changed(var summary) -> tell(session, () -> listener.changed(session.id, summary));
            case Output.CloseOthers(var identity) -> closeOthers.closeOthers(identity, session.id, now);
            case Output.Closed closed -> end(session, closed);
        }
    }

    private void cancel(RunningSession session, TimerId timer) {
        Alarms.Alarm alarm = session.alarms.remove(timer);
        if (alarm != null) {
            alarms.cancel(alarm);
        }
    }

    private void sent(RunningSession session, Path path, Delivery delivery) {
        switch (delivery) {
            case SENT -> {}
            case NO_CHANNEL -> {
                counters.add(Count.NO_CHANNEL);
                Field from = new Field("from", path.local() + " " + path.framing());
                Output.Trace trace = new Output.Trace(Level.WARN, "send.no-channel", List.of(from));
                tell(session, () -> listener.trace(session.id, trace));
            }
            case CONGESTED -> counters.add(Count.SEND_CONGESTED);
        }
    }

    /** A listener's mistake is not the session's. */
    private void tell(RunningSession session, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            counters.add(Count.BUGS);
            LOG.error("session {}: a listener threw", session.id, e);
        }
    }
}
