package org.homeport.core.established;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.exchange.Association;
import org.homeport.core.exchange.AuthLifetime;
import org.homeport.core.exchange.ChildNegotiation;
import org.homeport.core.failure.FailureException;
import org.homeport.core.session.CallId;
import org.homeport.core.session.Event;
import org.homeport.core.session.IkeSa;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Output;
import org.homeport.core.session.Path;
import org.homeport.core.session.Phase;
import org.homeport.core.session.Role;
import org.homeport.core.session.SessionSummary;
import org.homeport.core.session.State;
import org.homeport.core.session.TimerId;
import org.homeport.core.session.Turn;
import org.homeport.kit.IpAddress;

/**
 * Authenticated: children come, are rekeyed and go, until somebody deletes the IKE SA. The same for both roles. Requests
 * of the peer are in {@link PeerRequests}, ours in {@link OwnRequests}.
 *
 * @param retiring the IKE SA before the last rekey, until its Delete is through
 * @param own our exchange under way
 * @param queue our exchanges to come, in order
 * @param installing the peer's CREATE_CHILD_SA that waits for the kernel
 * @param lastHeard when the peer last sent something genuine
 * @param authorizedUntil when the initiator's authentication ceases to count: no rekeying changes it (RFC 4478 section 2)
 */
public record Established(
        Association association,
        IkeSa ike,
        List<Child> children,
        Optional<IkeSa> retiring,
        Optional<OwnExchange> own,
        List<OwnTask> queue,
        Optional<PeerChild> installing,
        Instant lastHeard,
        Optional<Instant> authorizedUntil)
        implements State {
    /** How long a peer that was told to authenticate anew at once may take for it (RFC 4478 section 2). */
    private static final Duration GRACE = Duration.ofSeconds(60);

    public Established {
        children = List.copyOf(children);
        queue = List.copyOf(queue);
    }

    /** The first state after the last IKE_AUTH; {@link Association} holds the proof without which there is none. */
    public static Established begin(
            Turn turn, Association association, IkeSa ike, Optional<Child> first, Optional<Instant> authorizedUntil) {
        Established state = new Established(
                association,
                ike,
                first.stream().toList(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                turn.now(),
                authorizedUntil);
        turn.cancel(new TimerId.HalfOpen());
        if (association.nat().peerIsBehind() && !association.nat().weAreBehind()) {
            turn.followPeer();
        }
        if (association.nat().weAreBehind()) {
            turn.timer(new TimerId.Keepalive(), turn.timing().keepalive());
        }
        if (!turn.timing().liveness().isZero()) {
            turn.timer(new TimerId.Liveness(), turn.timing().liveness());
        }
        // An initiator only takes note: to end it is the responder's.
        if (association.role() == Role.RESPONDER) {
            authorizedUntil.ifPresent(
                    end -> turn.timer(new TimerId.Authorization(), Duration.between(turn.now(), end)));
        }
        rekeyIkeLater(turn);
        first.ifPresent(child -> rekeyLater(turn, child));
        SessionSummary summary = state.describe(turn.session(), turn.path());
        turn.output(new Output.Established(summary));
        return state;
    }

    @Override
    public Phase phase() {
        return Phase.ESTABLISHED;
    }

    @Override
    public State request(Turn turn, Inbound request) throws FailureException {
        return OwnRequests.startNext(PeerRequests.handle(heard(turn), turn, request), turn);
    }

    @Override
    public State response(Turn turn, Inbound response) throws FailureException {
        return OwnRequests.startNext(OwnRequests.finish(heard(turn), turn, response), turn);
    }

    @Override
    public State sa(Turn turn, CallId call, SaOutcome outcome) throws FailureException {
        if (installing.isPresent() && installing.get().call().equals(call)) {
            return OwnRequests.startNext(PeerRequests.installed(this, turn, installing.get(), outcome), turn);
        }
        if (own.isPresent()
                && own.get() instanceof OwnExchange.InstallingChild mine
                && mine.call().equals(call)) {
            return OwnRequests.startNext(OwnRequests.installed(this, turn, mine, outcome), turn);
        }
        turn.stale("sa");
        return this;
    }

    @Override
    public State timer(Turn turn, TimerId timer) {
        return switch (timer) {
            case TimerId.Liveness t -> OwnRequests.startNext(liveness(turn), turn);
            case TimerId.RekeyIke t -> order(turn, new OwnTask.RekeyIke(Optional.empty()));
            case TimerId.RekeyChild(int spi) -> order(turn, new OwnTask.RekeyChild(spi, Optional.empty()));
            case TimerId.Keepalive t -> {
                turn.output(new Output.SendKeepalive(turn.path()));
                turn.timer(t, turn.timing().keepalive());
                yield this;
            }
            case TimerId.Authorization t ->
                Closing.begin(turn, this, "the authorization's lifetime is over", Output.Cause.AUTHORIZATION_EXPIRED);
            case TimerId.Linger t -> withoutRetiring(turn);
            case TimerId.Retry t -> OwnRequests.startNext(this, turn);
            case TimerId.Retransmit t -> this;
            case TimerId.HalfOpen t -> this;
        };
    }

    private Established liveness(Turn turn) {
        Duration limit = turn.timing().liveness();
        Duration silence = Duration.between(lastHeard, turn.now());
        if (silence.compareTo(limit) < 0) {
            turn.timer(new TimerId.Liveness(), limit.minus(silence));
            return this;
        }
        turn.timer(new TimerId.Liveness(), limit);
        // An exchange under way is a probe of its own.
        return own.isPresent() ? this : enqueue(new OwnTask.Probe());
    }

    @Override
    public State unanswered(Turn turn) {
        if (own.filter(OwnExchange.DeletingOldIke.class::isInstance).isPresent()) {
            // A peer may let the old IKE SA go with its response; if that is lost, nobody is there to repeat it.
            return OwnRequests.startNext(withoutRetiring(turn).withOwn(Optional.empty()), turn);
        }
        turn.warn("peer.dead", "silent", Duration.between(lastHeard, turn.now()).toString());
        return turn.end("the peer does not answer", Output.Cause.PEER_LOST);
    }

    @Override
    public State expired(Turn turn, Event.SaExpired event) {
        if (child(event.spi()).isEmpty()) {
            return this;
        }
        return order(
                turn,
                switch (event.expiry()) {
                    case SOFT -> new OwnTask.RekeyChild(event.spi(), Optional.empty());
                    case HARD -> new OwnTask.DeleteChild(event.spi());
                });
    }

    @Override
    public State moved(Turn turn, Path path) {
        turn.path(path);
        return this;
    }

    @Override
    public State command(Turn turn, Event.Command command) {
        return switch (command) {
            case Event.Command.Close(String reason, Output.Cause cause) -> Closing.begin(turn, this, reason, cause);
            case Event.Command.Authorize(var timeout) -> authorize(turn, timeout);
            case Event.Command.Shutdown c -> Closing.beginKeepingLeases(turn, this);
            case Event.Command.RekeyIke c -> order(turn, new OwnTask.RekeyIke(Optional.empty()));
            case Event.Command.RekeyChild(int spi) -> order(turn, new OwnTask.RekeyChild(spi, Optional.empty()));
            case Event.Command.DeleteChild(int spi) -> order(turn, new OwnTask.DeleteChild(spi));
            case Event.Command.CreateChild(String name) -> order(turn, new OwnTask.CreateChild(name, Optional.empty()));
            case Event.Command.Probe c -> order(turn, new OwnTask.Probe());
            case Event.Command.Start c -> this;
        };
    }

    private State authorize(Turn turn, Optional<Duration> timeout) {
        if (association.role() == Role.INITIATOR) {
            turn.debug("auth.lifetime-ignored", "why", "the responder's to say");
            return this;
        }
        if (timeout.isEmpty()) {
            // There is no way to say so to the peer: at worst it authenticates anew without need.
            turn.info("auth.lifetime", "seconds", "unlimited");
            turn.cancel(new TimerId.Authorization());
            return withAuthorizedUntil(Optional.empty());
        }
        AuthLifetime lifetime = AuthLifetime.of(timeout.get());
        Instant end = lifetime.until(turn.now());
        turn.info("auth.lifetime", "seconds", String.valueOf(lifetime.seconds()), "until", end.toString());
        turn.timer(new TimerId.Authorization(), lifetime.seconds() == 0 ? GRACE : lifetime.duration());
        return withAuthorizedUntil(Optional.of(end)).order(turn, new OwnTask.TellLifetime());
    }

    @Override
    public Optional<SessionSummary> summary(String session, Path path) {
        return Optional.of(describe(session, path));
    }

    private SessionSummary describe(String session, Path path) {
        return new SessionSummary(
                session,
                association.connection().name(),
                association.peer().identity(),
                association.peer().authorization(),
                path,
                ike.initiatorSpi(),
                ike.responderSpi(),
                ike.suite().toString(),
                association.homeAddresses().addresses(),
                association.homeAddresses().dns(),
                children.stream().map(Child::plan).toList(),
                authorizedUntil);
    }

    static void rekeyIkeLater(Turn turn) {
        if (!turn.timing().rekeyIke().isZero()) {
            turn.timerWithJitter(new TimerId.RekeyIke(), turn.timing().rekeyIke());
        }
    }

    static void rekeyLater(Turn turn, Child child) {
        if (!turn.timing().rekeyChild().isZero()) {
            turn.timerWithJitter(
                    new TimerId.RekeyChild(child.inboundSpi()), turn.timing().rekeyChild());
        }
    }

    Optional<Child> child(int inboundSpi) {
        return children.stream().filter(c -> c.inboundSpi() == inboundSpi).findFirst();
    }

    Optional<Child> childByOutboundSpi(int outboundSpi) {
        return children.stream().filter(c -> c.outboundSpi() == outboundSpi).findFirst();
    }

    /** Who stands at the two ends, for dynamic selectors. */
    ChildNegotiation.Ends ends(Turn turn) {
        List<IpAddress> home = association.homeAddresses().list();
        List<IpAddress> none = List.of();
        boolean weAreTheNode = association.role() == Role.INITIATOR;
        return new ChildNegotiation.Ends(
                turn.path().local().address(),
                turn.path().remote().address(),
                weAreTheNode ? home : none,
                weAreTheNode ? none : home);
    }

    private State order(Turn turn, OwnTask task) {
        return OwnRequests.startNext(enqueue(task), turn);
    }

    /** Before everything else that waits. */
    Established enqueueFirst(OwnTask task) {
        List<OwnTask> longer = new ArrayList<>(queue);
        longer.remove(task);
        longer.addFirst(task);
        return withQueue(longer);
    }

    Established enqueue(OwnTask task) {
        if (queue.contains(task)) {
            return this;
        }
        List<OwnTask> longer = new ArrayList<>(queue);
        longer.add(task);
        return withQueue(longer);
    }

    /** The child leaves kernel and state; a successor that waited for this takes traffic and policies over. */
    Established drop(Turn turn, Child child) {
        List<Child> rest = children.stream()
                .filter(c -> c.inboundSpi() != child.inboundSpi())
                .map(c -> c.waitsFor(child) ? activated(turn, c) : c)
                .toList();
        turn.remove(child.plan().handle(), policiesWithout(child));
        turn.cancel(new TimerId.RekeyChild(child.inboundSpi()));
        return withChildren(rest);
    }

    /** A child whose forerunner went while the kernel was busy has nothing left to wait for. */
    Child standIn(Turn turn, Child child) {
        return child.waitsFor().filter(spi -> child(spi).isEmpty()).isPresent() ? activated(turn, child) : child;
    }

    private static Child activated(Turn turn, Child child) {
        turn.activate(child.plan().handle());
        return new Child(child.plan(), child.policy());
    }

    /** What becomes of the policies: they stay while another pair of their reqid is there, or on its way. */
    Output.RemoveSa.Policies policiesWithout(Child gone) {
        Stream<Child> mine = own
                .filter(OwnExchange.InstallingChild.class::isInstance)
                .map(i -> ((OwnExchange.InstallingChild) i).child())
                .stream();
        Stream<Child> peers = installing.map(PeerChild::child).stream();
        return Stream.of(children.stream(), mine, peers)
                        .flatMap(all -> all)
                        .anyMatch(c -> c.plan().reqid() == gone.plan().reqid() && c.inboundSpi() != gone.inboundSpi())
                ? Output.RemoveSa.Policies.KEEP
                : Output.RemoveSa.Policies.REMOVE;
    }

    Established plus(Turn turn, Child child) {
        List<Child> more = new ArrayList<>(children);
        more.add(child);
        rekeyLater(turn, child);
        return withChildren(more);
    }

    private Established heard(Turn turn) {
        return new Established(
                association, ike, children, retiring, own, queue, installing, turn.now(), authorizedUntil);
    }

    Established withChildren(List<Child> other) {
        return new Established(association, ike, other, retiring, own, queue, installing, lastHeard, authorizedUntil);
    }

    Established withOwn(Optional<OwnExchange> other) {
        return new Established(
                association, ike, children, retiring, other, queue, installing, lastHeard, authorizedUntil);
    }

    Established withQueue(List<OwnTask> other) {
        return new Established(
                association, ike, children, retiring, own, other, installing, lastHeard, authorizedUntil);
    }

    Established withInstalling(Optional<PeerChild> other) {
        return new Established(association, ike, children, retiring, own, queue, other, lastHeard, authorizedUntil);
    }

    Established withAuthorizedUntil(Optional<Instant> other) {
        return new Established(association, ike, children, retiring, own, queue, installing, lastHeard, other);
    }

    /** The old IKE SA is gone for good. */
    Established withoutRetiring(Turn turn) {
        retiring.ifPresent(turn::drop);
        return new Established(
                association, ike, children, Optional.empty(), own, queue, installing, lastHeard, authorizedUntil);
    }

    /** A new IKE SA takes over; the old one waits for its Delete. */
    Established succeededBy(IkeSa next) {
        return new Established(
                association, next, children, Optional.of(ike), own, queue, installing, lastHeard, authorizedUntil);
    }
}
