package org.homeport.testbeds.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.homeport.core.address.Lease;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.address.LeaseRequest;
import org.homeport.core.auth.AuthorizationQuestion;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.session.CallId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.core.session.Path;
import org.homeport.core.session.Session;
import org.homeport.core.session.SessionSummary;
import org.homeport.core.session.TimerId;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;

/**
 * One of the two peers: carries out its sessions' outputs on the virtual clock, with a kernel, a pool and an EAP side that
 * take their time and sometimes fail.
 */
final class Side {
    final String name;
    private final Simulation simulation;
    private final Wire wire;
    private final EapSide eap;
    Faults faults;
    final Map<Long, Session> bySpi = new HashMap<>();
    final Set<Session> live = new HashSet<>();
    final Map<SaHandle, SaPlan> kernel = new LinkedHashMap<>();
    /** By reqid: those of a pair that is replaced go over to its successor. */
    final Set<Integer> policies = new HashSet<>();

    /** Pairs by which nothing leaves yet. */
    final Set<SaHandle> silent = new HashSet<>();

    final Set<String> leases = new HashSet<>();
    final Set<String> openEap = new HashSet<>();
    final List<String> story = new ArrayList<>();
    final List<String> bugs = new ArrayList<>();
    /** Sessions that were told to give way to another of their identity. */
    final List<String> superseded = new ArrayList<>();
    /** What was told of established sessions since they are. */
    final List<SessionSummary> changes = new ArrayList<>();

    /** Why sessions ended, in order. */
    final List<Output.Cause> ends = new ArrayList<>();

    /** Peers that proved themselves to us, of whom AAA was asked. */
    final List<AuthorizationQuestion> asked = new ArrayList<>();

    /** What AAA says of them. */
    Function<AuthorizationQuestion, AuthorizationQuestion.Outcome> aaa =
            question -> new AuthorizationQuestion.Outcome.Unavailable("no AAA here");

    /** How long every backend takes at least. */
    Duration pause = Duration.ZERO;
    /** Where addresses come from: another one for everybody, unless a test wants to know better. */
    Function<LeaseRequest, LeaseOutcome> pool = request -> fromEndlessPool();

    private final Map<Session, Map<TimerId, Object>> timers = new HashMap<>();
    private int leased;

    /** Carries datagrams. */
    interface Wire {
        void send(Side from, Path path, Octets message);
    }

    /** Answers EAP turns; a fresh one per session. */
    interface EapSide {
        EapTurn.Outcome answer(Session session, EapTurn turn);
    }

    /** @param kernel chance that an install fails; @param lease that no address is given; @param slowness of all backends */
    record Faults(double kernel, double lease, Duration slowness) {}

    Side(String name, Simulation simulation, Wire wire, EapSide eap, Faults faults) {
        this.name = name;
        this.simulation = simulation;
        this.wire = wire;
        this.eap = eap;
        this.faults = faults;
    }

    void handle(Session session, Event event) {
        live.add(session);
        for (Output output : session.handle(event, simulation.now())) {
            carryOut(session, output);
        }
    }

    private void carryOut(Session session, Output output) {
        switch (output) {
            case Output.Send(Path path, Octets message) -> wire.send(this, path, message);
            case Output.SendKeepalive k -> {}
            case Output.AskEap ask -> eap(session, ask);
            case Output.AskAuthorization ask -> {
                asked.add(ask.question());
                later(session, () -> new Event.AuthorizationReply(ask.call(), aaa.apply(ask.question())));
            }
            case Output.AskLease ask -> later(session, () -> new Event.LeaseReply(ask.call(), lease(ask.request())));
            case Output.ReleaseLease release -> leases.remove(release.lease().id());
            case Output.InstallSa install -> install(session, install.call(), install.plan());
            case Output.InstallInboundSa install -> {
                silent.add(install.plan().handle());
                install(session, install.call(), install.plan());
            }
            case Output.ActivateSa activate -> silent.remove(activate.sa());
            case Output.RemoveSa(SaHandle sa, Output.RemoveSa.Policies fate) -> {
                kernel.remove(sa);
                silent.remove(sa);
                if (fate == Output.RemoveSa.Policies.REMOVE) {
                    policies.remove(sa.reqid());
                }
            }
            case Output.MigrateSa migrate -> {}
            case Output.SetTimer(TimerId timer, Duration in) -> {
                Object token = new Object();
                timers.computeIfAbsent(session, s -> new HashMap<>()).put(timer, token);
                simulation.in(in, () -> fire(session, timer, token));
            }
            case Output.CancelTimer(TimerId timer) ->
                timers.getOrDefault(session, Map.of()).remove(timer);
            case Output.SpiAdded(long spi) -> bySpi.put(spi, session);
            case Output.SpiRemoved(long spi) -> bySpi.remove(spi);
            case Output.Trace trace -> {
                story.add(simulation.now() + " " + session.id() + " " + trace.event() + " " + trace.fields());
                if (trace.level() == Output.Trace.Level.ERROR) {
                    bugs.add(story.getLast());
                }
            }
            case Output.IkeKeys keys -> {}
            case Output.Established established -> {}
            case Output.Changed(SessionSummary summary) -> changes.add(summary);
            case Output.CloseOthers(String identity) -> superseded.add(identity);
            case Output.Closed closed -> {
                ends.add(closed.cause());
                live.remove(session);
                bySpi.values().removeIf(session::equals);
                timers.remove(session);
            }
        }
    }

    private void install(Session session, CallId call, SaPlan plan) {
        boolean fails = simulation.chance(faults.kernel());
        if (!fails) {
            kernel.put(plan.handle(), plan);
            policies.add(plan.reqid());
        }
        later(
                session,
                () -> new Event.SaReply(call, fails ? new SaOutcome.Failed("out of luck") : new SaOutcome.Installed()));
    }

    /** Its time has come, by order of the test. */
    void fire(Session session, TimerId timer) {
        fire(session, timer, timers.getOrDefault(session, Map.of()).get(timer));
    }

    private void fire(Session session, TimerId timer, Object token) {
        Map<TimerId, Object> own = timers.getOrDefault(session, Map.of());
        if (own.get(timer) == token) {
            own.remove(timer);
            handle(session, new Event.TimerFired(timer));
        }
    }

    private void eap(Session session, Output.AskEap ask) {
        switch (ask.turn()) {
            case EapTurn.Abandon a -> openEap.remove(session.id());
            case EapTurn.Begin b -> {
                openEap.add(session.id());
                later(session, () -> new Event.EapReply(ask.call(), finished(session, ask.turn())));
            }
            case EapTurn.Message m ->
                later(session, () -> new Event.EapReply(ask.call(), finished(session, ask.turn())));
        }
    }

    private EapTurn.Outcome finished(Session session, EapTurn turn) {
        EapTurn.Outcome outcome = eap.answer(session, turn);
        if (!(outcome instanceof EapTurn.Outcome.Continue)) {
            openEap.remove(session.id());
        }
        return outcome;
    }

    private LeaseOutcome lease(LeaseRequest request) {
        if (simulation.chance(faults.lease())) {
            return new LeaseOutcome.None("pool exhausted");
        }
        LeaseOutcome outcome = pool.apply(request);
        if (outcome instanceof LeaseOutcome.Granted granted) {
            granted.leases().forEach(lease -> leases.add(lease.id()));
        }
        return outcome;
    }

    private LeaseOutcome fromEndlessPool() {
        String id = name + ++leased;
        IpAddress address = IpAddress.parse("2001:db8:100::" + Integer.toHexString(leased));
        return new LeaseOutcome.Granted(
                List.of(new Lease(id, address, IpPrefix.parse("2001:db8:100::/64"), List.of(), "home6")));
    }

    /** Answers come late, and also to sessions that are gone: whoever runs sessions gives back what they cannot. */
    private void later(Session session, Supplier<Event> answer) {
        simulation.in(pause.plus(simulation.upTo(faults.slowness())), () -> {
            Event event = answer.get();
            if (live.contains(session)) {
                handle(session, event);
            } else if (event instanceof Event.LeaseReply(var call, LeaseOutcome.Granted granted)) {
                granted.leases().forEach(lease -> leases.remove(lease.id()));
            }
        });
    }

    boolean awaits(Session session, TimerId timer) {
        return timers.getOrDefault(session, Map.of()).containsKey(timer);
    }

    /** What is left: nothing, once all sessions are over. */
    List<String> leftovers() {
        List<String> left = new ArrayList<>();
        live.forEach(session -> left.add("session " + session.id()));
        bySpi.keySet().forEach(spi -> left.add("SPI " + Long.toHexString(spi)));
        kernel.keySet().forEach(sa -> left.add("SA " + sa));
        policies.forEach(reqid -> left.add("policies of reqid " + reqid));
        leases.forEach(lease -> left.add("lease " + lease));
        openEap.forEach(session -> left.add("EAP of " + session));
        return left;
    }

    Optional<SessionSummary> established() {
        return live.stream().flatMap(s -> s.summary().stream()).findFirst();
    }
}
