package org.homeport.core.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Direction;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.IkeMessage;
import org.homeport.core.message.MessageDecoder;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.Timing;
import org.homeport.core.protection.FragmentAssembler;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.kit.WireException;

/**
 * The thin shell around the current state: windows, integrity, decoding and payload rules in front of it, retransmission
 * and the answer to failures behind it.
 */
public final class IkeSession implements Session {
    private final String id;
    private final Environment environment;
    private final SpiSource spis;
    private final Holdings holdings = new Holdings();
    private final Map<Long, IkeSa> sas = new HashMap<>();
    private Timing timing;
    private Path path;
    private State state;
    private String identity = "";
    private Addressing addressing = Addressing.AS_PROVED;
    private boolean begun;
    /** What listeners know of the established session. */
    private Optional<SessionSummary> told = Optional.empty();

    /** Whether fresh requests of the peer change where our answers go, once established. */
    private enum Addressing {
        AS_PROVED,
        FOLLOWS_PEER
    }

    /** @param id correlation id */
    public IkeSession(String id, Environment environment, SpiSource spis, Timing timing, Path path, State first) {
        this.id = id;
        this.environment = environment;
        this.spis = spis;
        this.timing = timing;
        this.path = path;
        this.state = first;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Optional<SessionSummary> summary() {
        return state.summary(id, path);
    }

    @Override
    public List<Output> handle(Event event, Instant now) {
        Turn turn = new Turn(this, now);
        try {
            if (!begun) {
                begun = true;
                state.begin(turn);
            }
            state = dispatch(turn, event);
        } catch (FailureException e) {
            state = failed(turn, e.failure());
        } catch (RuntimeException e) {
            state = broken(turn, e);
        }
        tellChange(turn);
        return turn.outputs();
    }

    /** Once per event, however much it changed. */
    private void tellChange(Turn turn) {
        Optional<SessionSummary> now = summary();
        if (told.isPresent() && now.isPresent() && !now.equals(told)) {
            turn.output(new Output.Changed(now.get()));
        }
        told = now;
    }

    private State dispatch(Turn turn, Event event) throws FailureException {
        return switch (event) {
            case Event.Received received -> received(turn, received);
            case Event.TimerFired fired -> timerFired(turn, fired.timer());
            case Event.EapReply(var call, var outcome) when holdings.answered(call) -> state.eap(turn, call, outcome);
            case Event.EapReply late -> stale(turn, "eap");
            case Event.AuthorizationReply(var call, var outcome)
            when holdings.answered(call) -> state.authorization(turn, call, outcome);
            case Event.AuthorizationReply late -> stale(turn, "authorization");
            case Event.LeaseReply reply -> leaseReply(turn, reply);
            case Event.SaReply(var call, var outcome) when holdings.answered(call) -> state.sa(turn, call, outcome);
            // A pair installed for a session that ended was removed behind it, in the same lane.
            case Event.SaReply late -> stale(turn, "sa");
            case Event.SaExpired expired -> state.expired(turn, expired);
            case Event.Moved moved -> state.moved(turn, moved.path());
            case Event.Command command -> state.command(turn, command);
        };
    }

    private State stale(Turn turn, String what) {
        turn.stale(what);
        return state;
    }

    private State leaseReply(Turn turn, Event.LeaseReply reply) throws FailureException {
        if (!holdings.answered(reply.call())) {
            turn.stale("lease");
            if (reply.outcome() instanceof LeaseOutcome.Granted granted) {
                granted.leases().forEach(lease -> turn.output(new Output.ReleaseLease(lease)));
            }
            return state;
        }
        holdings.leased(reply.outcome());
        return state.lease(turn, reply.call(), reply.outcome());
    }

    private State received(Turn turn, Event.Received event) throws FailureException {
        IkeHeader header;
        try {
            header = MessageDecoder.header(event.datagram());
        } catch (WireException e) {
            return dropped(turn, "malformed: " + e.getMessage());
        }
        Optional<IkeSa> found = find(header);
        if (found.isEmpty() || header.majorVersion() != 2) {
            return dropped(turn, "not of this session");
        }
        return header.isResponse()
                ? response(turn, found.get(), header, event)
                : request(turn, found.get(), header, event);
    }

    /** By our own SPI, chosen by the I flag (RFC 7296 section 2.6); IKE_SA_INIT requests do not know it yet. */
    private Optional<IkeSa> find(IkeHeader header) {
        Role ours = header.fromInitiator() ? Role.RESPONDER : Role.INITIATOR;
        long spi = ours == Role.RESPONDER ? header.spiResponder() : header.spiInitiator();
        if (spi == 0) {
            return sas.values().stream()
                    .filter(sa -> sa.role() == ours)
                    .filter(sa -> sa.remoteSpi() == 0 || sa.remoteSpi() == header.spiInitiator())
                    .findFirst();
        }
        return Optional.ofNullable(sas.get(spi)).filter(sa -> sa.role() == ours);
    }

    private State request(Turn turn, IkeSa sa, IkeHeader header, Event.Received event) throws FailureException {
        if (!sa.isProtected() && sa.role() == Role.INITIATOR) {
            return dropped(turn, "a request to who awaits a response");
        }
        switch (sa.window().admit(header.messageId())) {
            case STILL_WORKING -> {
                return dropped(turn, "still working on it");
            }
            case OUTSIDE -> {
                return dropped(turn, "message id " + header.messageId() + " outside the window");
            }
            case REPEATED -> {
                return repeated(turn, sa, event);
            }
            case NEW -> {}
        }
        if (state.phase() == Phase.OVER) {
            return dropped(turn, "the session is over");
        }
        Optional<List<Payload>> payloads = payloads(turn, sa, header, event, sa.requestFragments());
        if (payloads.isEmpty()) {
            return state;
        }
        sa.requestComplete();
        boolean handshake = state.phase() != Phase.ESTABLISHED && sa.role() == Role.RESPONDER;
        if (handshake || addressing == Addressing.FOLLOWS_PEER) {
            path = event.path();
        }
        Inbound request = new Inbound(sa, event.path(), new IkeMessage(header, payloads.get()), event.datagram());
        begin(turn, request);
        MessageOpener.check(request, Direction.REQUEST);
        return state.request(turn, request);
    }

    private static void begin(Turn turn, Inbound request) {
        request.sa().window().begin(request);
        turn.handling(request);
    }

    /** The same octets again (RFC 7296 section 2.1). */
    private State repeated(Turn turn, IkeSa sa, Event.Received event) throws FailureException {
        if (!MessageOpener.isRepetition(sa, event.datagram())) {
            return dropped(turn, "not the request that was answered");
        }
        turn.debug("ike.repeated");
        sa.window().lastResponse().forEach(message -> turn.output(new Output.Send(event.path(), message)));
        return state;
    }

    private State response(Turn turn, IkeSa sa, IkeHeader header, Event.Received event) throws FailureException {
        if (!sa.window().awaits(header.messageId())) {
            return dropped(turn, "response to nothing we asked");
        }
        Optional<List<Payload>> payloads = payloads(turn, sa, header, event, sa.responseFragments());
        if (payloads.isEmpty()) {
            return state;
        }
        sa.responseComplete();
        Inbound response = new Inbound(sa, event.path(), new IkeMessage(header, payloads.get()), event.datagram());
        if (sa.isProtected()) {
            turn.accept(response);
        }
        MessageOpener.check(response, Direction.RESPONSE);
        return state.response(turn, response);
    }

    /** Empty: nothing to act on, yet or at all. */
    private static Optional<List<Payload>> payloads(
            Turn turn, IkeSa sa, IkeHeader header, Event.Received event, FragmentAssembler fragments)
            throws FailureException {
        try {
            return MessageOpener.open(turn, sa, event.datagram(), fragments);
        } catch (WireException e) {
            // Integrity holds, so the peer did write this. A response is never answered (RFC 7296 section 2.21).
            Inbound unread = new Inbound(sa, event.path(), new IkeMessage(header, List.of()), event.datagram());
            if (header.isResponse()) {
                turn.accept(unread);
            } else {
                begin(turn, unread);
            }
            throw new FailureException(new Failure.Malformed(String.valueOf(e.getMessage()), "RFC 7296 2.21.3"));
        }
    }

    private State dropped(Turn turn, String why) {
        turn.debug("ike.dropped", "why", why);
        return state;
    }

    private State timerFired(Turn turn, TimerId timer) throws FailureException {
        return timer instanceof TimerId.Retransmit ? retransmit(turn) : state.timer(turn, timer);
    }

    private State retransmit(Turn turn) {
        Optional<IkeSa> waiting =
                sas.values().stream().filter(IkeSa::isAwaitingResponse).findFirst();
        if (waiting.isEmpty()) {
            return state;
        }
        MessageWindow window = waiting.get().window();
        MessageWindow.Outstanding outstanding = window.outstanding().orElseThrow();
        List<Duration> waits = timing.retransmits();
        if (outstanding.attempts() >= waits.size()) {
            turn.warn("ike.unanswered", "id", String.valueOf(outstanding.id()));
            return state.unanswered(turn);
        }
        turn.debug("ike.retransmit", "attempt", String.valueOf(outstanding.attempts() + 1));
        outstanding.messages().forEach(message -> turn.output(new Output.Send(path, message)));
        turn.timer(new TimerId.Retransmit(), waits.get(outstanding.attempts()));
        window.repeated();
        return state;
    }

    void refused(Turn turn, Failure failure) {
        turn.trace(
                failure instanceof Failure.OurBug ? Output.Trace.Level.ERROR : Output.Trace.Level.WARN,
                "ike.refused",
                "peer",
                identity.isEmpty() ? path.remote().toString() : identity,
                "from",
                path.remote().toString(),
                "kind",
                failure.getClass().getSimpleName(),
                "why",
                failure.why(),
                "rfc",
                failure.source());
    }

    private State failed(Turn turn, Failure failure) {
        Phase phase = state.phase();
        Output.Cause cause = state.ending().orElseGet(() -> FailureTable.cause(failure, phase));
        refused(turn, failure);
        Optional<Inbound> unanswered = turn.unanswered()
                .or(() -> sas.values().stream()
                        .flatMap(sa -> sa.window().working().stream())
                        .findFirst());
        if (unanswered.isEmpty()) {
            return failedByItself(turn, failure, phase, cause);
        }
        Inbound request = unanswered.get();
        FailureTable.Reaction reaction = FailureTable.of(failure, phase);
        if (reaction.notification().isPresent()) {
            Payload.Notify why = reaction.notification().get();
            if (request.sa().isProtected()) {
                turn.reply(request, List.of(why));
            } else {
                turn.refuse(request, why);
            }
        } else {
            request.sa().window().forget();
        }
        return switch (reaction.consequence()) {
            case KEEP -> state;
            case END ->
                reaction.notification().isPresent() && request.sa().isProtected()
                        ? turn.endAfterRepeats(failure.why(), cause)
                        : turn.end(failure.why(), cause);
        };
    }

    /** A response, or an answer of a backend, that we cannot go on with: there is no request to answer. */
    private State failedByItself(Turn turn, Failure failure, Phase phase, Output.Cause cause) {
        return switch (phase) {
            // Nothing here is authenticated: keep waiting for the genuine response (RFC 7296 section 2.21.1).
            case UNPROTECTED -> state;
            case INITIAL -> {
                tellOnce(turn, Payload.Notify.of(NotifyType.AUTHENTICATION_FAILED));
                yield turn.end(failure.why(), cause);
            }
            case ESTABLISHED -> {
                tellOnce(turn, new Payload.Delete(ProtocolId.IKE, List.of()));
                yield turn.end(failure.why(), cause);
            }
            case OVER -> state;
        };
    }

    /** One INFORMATIONAL without waiting for its response. */
    private void tellOnce(Turn turn, Payload payload) {
        sas.values().stream()
                .filter(sa -> sa.isProtected() && !sa.isAwaitingResponse())
                .findFirst()
                .ifPresent(sa -> turn.request(sa, ExchangeType.INFORMATIONAL, List.of(payload)));
    }

    private State broken(Turn turn, RuntimeException bug) {
        StringBuilder trail = new StringBuilder(bug.toString());
        for (StackTraceElement frame : bug.getStackTrace()) {
            if (trail.length() > 1500) {
                break;
            }
            trail.append(" < ").append(frame);
        }
        return failed(turn, new Failure.OurBug(trail.toString(), bug));
    }

    Environment environment() {
        return environment;
    }

    SpiSource spis() {
        return spis;
    }

    Holdings holdings() {
        return holdings;
    }

    Map<Long, IkeSa> sas() {
        return sas;
    }

    Timing timing() {
        return timing;
    }

    void timing(Timing timing) {
        this.timing = timing;
    }

    Path path() {
        return path;
    }

    void path(Path path) {
        this.path = path;
    }

    void identity(String identity) {
        this.identity = identity;
    }

    void followPeer() {
        addressing = Addressing.FOLLOWS_PEER;
    }
}
