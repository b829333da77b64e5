package org.homeport.core.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.core.address.Lease;
import org.homeport.core.address.LeaseRequest;
import org.homeport.core.auth.AuthorizationQuestion;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaPlan;
import org.homeport.core.crypto.IkeKeySet;
import org.homeport.core.crypto.IkeSuite;
import org.homeport.core.failure.Failure;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.MessageEncoder;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.Timing;
import org.homeport.core.registry.ExchangeType;
import org.homeport.kit.Octets;

/** One event being handled: what a state may see of the session, and where its orders are collected. */
public final class Turn {
    private final IkeSession session;
    private final Instant now;
    private final List<Output> outputs = new ArrayList<>();
    private Optional<Inbound> request = Optional.empty();

    Turn(IkeSession session, Instant now) {
        this.session = session;
        this.now = now;
    }

    public Instant now() {
        return now;
    }

    public Environment env() {
        return session.environment();
    }

    /** Correlation id. */
    public String session() {
        return session.id();
    }

    /** How the peer is reached now. */
    public Path path() {
        return session.path();
    }

    /** This turn is about a request of the peer. */
    void handling(Inbound begun) {
        request = Optional.of(begun);
    }

    /** The request this turn is about, until it is answered: another IKE SA of the session may have one open too. */
    Optional<Inbound> unanswered() {
        return request.filter(begun -> begun.sa().window().working().isPresent());
    }

    /** From here on the peer is reached so. */
    public void path(Path path) {
        session.path(path);
    }

    /** Which identity the log names from here on. */
    public void identity(String identity) {
        session.identity(identity);
    }

    /** The peer sits behind a NAT and we do not: its address is what its last request came from. */
    public void followPeer() {
        session.followPeer();
    }

    public long newIkeSpi() {
        return session.spis().next();
    }

    /** A fresh ESP SPI: random, beyond the values RFC 4303 section 2.1 reserves. */
    public int newEspSpi() {
        int spi;
        do {
            spi = (int) env().random().bits64();
        } while (spi >>> 8 == 0);
        return spi;
    }

    /** An IKE SA begins: its SPI leads here. */
    public void add(IkeSa sa) {
        session.sas().put(sa.localSpi(), sa);
        output(new Output.SpiAdded(sa.localSpi()));
    }

    public void drop(IkeSa sa) {
        session.sas().remove(sa.localSpi());
        output(new Output.SpiRemoved(sa.localSpi()));
    }

    /** Keys are there: from here on this IKE SA's messages are protected. */
    public void protect(IkeSa sa, IkeSuite suite, IkeKeySet keys) {
        sa.protect(env().crypto(), env().random(), suite, keys);
        if (env().keyLogging() == Environment.KeyLogging.ON) {
            output(new Output.IkeKeys(
                    sa.initiatorSpi(),
                    sa.responderSpi(),
                    keys.skEi(),
                    keys.skEr(),
                    suite.encryption(),
                    suite.keyBits(),
                    keys.skAi(),
                    keys.skAr(),
                    suite.integrity()));
        }
    }

    /** The peer can put fragments together (RFC 7383): messages that do not fit a datagram are sent in pieces. */
    public void fragment(IkeSa sa) {
        int ipHeader = path().local().address().isV6() ? 40 : 20;
        int marker = 4;
        sa.fragmentAbove(env().fragmentSize() - ipHeader - 8 - marker);
    }

    /** The one line that says why a peer did not get what it wanted. */
    public void refused(Failure failure) {
        session.refused(this, failure);
    }

    /**
     * Answers a request, to the address and port it came from (RFC 7296 section 2.11); the octets are kept for its
     * repetitions.
     *
     * @return what was sent, the first message for AUTH
     */
    public List<Octets> reply(Inbound request, List<Payload> payloads) {
        IkeSa sa = request.sa();
        List<Octets> messages = encode(
                sa,
                sa.header(
                        request.exchange(),
                        IkeHeader.RESPONSE,
                        request.message().header().messageId()),
                payloads);
        sa.window().answered(messages);
        messages.forEach(message -> output(new Output.Send(request.path(), message)));
        return messages;
    }

    /** The request comes too early: as if it had never come, until the peer repeats it. */
    public void notYet(Inbound early) {
        early.sa().window().forget();
        debug("ike.dropped", "why", "too early");
    }

    /**
     * Refuses an IKE_SA_INIT. No IKE SA comes of it, so "the responder's SPI will be zero also in the response message"
     * (RFC 7296 section 2.6), and a repetition is judged anew.
     */
    void refuse(Inbound request, Payload.Notify why) {
        IkeHeader asked = request.message().header();
        request.sa().window().forget();
        output(new Output.Send(
                request.path(),
                MessageEncoder.encode(
                        IkeHeader.of(asked.spiInitiator(), 0, asked.exchange(), IkeHeader.RESPONSE, asked.messageId()),
                        List.of(why))));
    }

    /** Sends a request and repeats it until it is answered. One at a time. */
    public List<Octets> request(IkeSa sa, ExchangeType exchange, List<Payload> payloads) {
        if (sa.isAwaitingResponse()) {
            throw new IllegalStateException("a second request while one is outstanding");
        }
        List<Octets> messages = encode(sa, sa.header(exchange, 0, sa.window().nextId()), payloads);
        sa.window().sent(messages);
        messages.forEach(message -> output(new Output.Send(session.path(), message)));
        timer(new TimerId.Retransmit(), timing().retransmits().getFirst());
        return messages;
    }

    private List<Octets> encode(IkeSa sa, IkeHeader header, List<Payload> payloads) {
        return sa.isProtected()
                ? sa.messages().seal(header, payloads, sa.fragmentAbove())
                : List.of(MessageEncoder.encode(header, payloads));
    }

    /** The response to our unprotected request is believed: it is not repeated any more. */
    public void accept(Inbound response) {
        response.sa().window().responded();
        cancel(new TimerId.Retransmit());
    }

    /** IKE_SA_INIT will be sent once more, with message id 0 (RFC 7296 section 2.2). */
    public void startOver(IkeSa sa) {
        sa.window().startOver();
        cancel(new TimerId.Retransmit());
    }

    public Timing timing() {
        return session.timing();
    }

    public void timing(Timing timing) {
        session.timing(timing);
    }

    public CallId askEap(EapTurn turn) {
        CallId call = session.holdings().call();
        session.holdings().eapOpen();
        output(new Output.AskEap(call, turn));
        return call;
    }

    /** The EAP conversation came to its end: there is nothing to abandon. */
    public void eapOver() {
        session.holdings().eapOver();
    }

    public CallId askAuthorization(AuthorizationQuestion question) {
        CallId call = session.holdings().call();
        output(new Output.AskAuthorization(call, question));
        return call;
    }

    public CallId askLease(LeaseRequest request) {
        CallId call = session.holdings().call();
        output(new Output.AskLease(call, request));
        return call;
    }

    public List<Lease> leases() {
        return session.holdings().leases();
    }

    public void release(Lease lease) {
        if (session.holdings().released(lease)) {
            output(new Output.ReleaseLease(lease));
        }
    }

    public CallId install(SaPlan plan, Optional<SaHandle> replaces) {
        CallId call = session.holdings().call();
        session.holdings().installed(plan.handle(), plan.name());
        output(new Output.InstallSa(call, plan, replaces));
        return call;
    }

    /** Inbound first; {@link #activate} when the peer is ready for the rest. */
    public CallId installInbound(SaPlan plan, SaHandle replaces) {
        CallId call = session.holdings().call();
        session.holdings().installed(plan.handle(), plan.name());
        output(new Output.InstallInboundSa(call, plan, replaces));
        return call;
    }

    public void activate(SaHandle sa) {
        output(new Output.ActivateSa(sa));
    }

    public void remove(SaHandle sa, Output.RemoveSa.Policies policies) {
        session.holdings().removed(sa);
        output(new Output.RemoveSa(sa, policies));
    }

    public void timer(TimerId timer, Duration in) {
        output(new Output.SetTimer(timer, in));
    }

    /** Sets a rekey timer: up to a tenth early, so that peers do not all come at once (RFC 7296 section 2.8). */
    public void timerWithJitter(TimerId timer, Duration in) {
        long millis = in.toMillis();
        timer(timer, Duration.ofMillis(millis - env().random().below(Math.clamp(millis / 10, 1, 1 << 30))));
    }

    public void cancel(TimerId timer) {
        output(new Output.CancelTimer(timer));
    }

    public void output(Output output) {
        outputs.add(output);
    }

    /** @param fields key, value, key, value */
    public void info(String event, String... fields) {
        trace(Output.Trace.Level.INFO, event, fields);
    }

    public void debug(String event, String... fields) {
        trace(Output.Trace.Level.DEBUG, event, fields);
    }

    public void warn(String event, String... fields) {
        trace(Output.Trace.Level.WARN, event, fields);
    }

    void trace(Output.Trace.Level level, String event, String... fields) {
        List<Output.Trace.Field> list = new ArrayList<>();
        for (int i = 0; i + 1 < fields.length; i += 2) {
            list.add(new Output.Trace.Field(fields[i], fields[i + 1]));
        }
        output(new Output.Trace(level, event, list));
    }

    /** An answer nobody awaits any more. */
    public void stale(String what) {
        debug("answer.stale", "what", what);
    }

    /** Gives everything back and ends at once. */
    public State end(String reason, Output.Cause cause) {
        return finish(reason, cause, Holdings.Leases.RELEASE);
    }

    /** As {@link #end}, but leases stay with their owner. */
    public State endKeepingLeases(String reason, Output.Cause cause) {
        return finish(reason, cause, Holdings.Leases.KEEP);
    }

    private State finish(String reason, Output.Cause cause, Holdings.Leases leases) {
        giveBack(leases);
        output(new Output.Closed(reason, cause));
        return new Ended();
    }

    /** Gives everything back now, but answers repetitions of the peer's last request a while longer. */
    public State endAfterRepeats(String reason, Output.Cause cause) {
        giveBack(Holdings.Leases.RELEASE);
        cancel(new TimerId.Retransmit());
        timer(new TimerId.Linger(), Ended.LINGER);
        return new Ended.Lingering(reason, cause);
    }

    /** Children and leases go; the IKE SA stays to be deleted. */
    public void giveBack() {
        giveBack(Holdings.Leases.RELEASE);
    }

    /** As {@link #giveBack()}, but leases stay with their owner. */
    public void giveBackKeepingLeases() {
        giveBack(Holdings.Leases.KEEP);
    }

    private void giveBack(Holdings.Leases leases) {
        outputs.addAll(session.holdings().giveBack(leases));
    }

    List<Output> outputs() {
        return outputs;
    }
}
