package org.homeport.aaa.radius;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.aaa.radius.Attempt.Effort;
import org.homeport.aaa.radius.Attempt.Result;
import org.homeport.aaa.radius.RadiusServerView.Standing;
import org.homeport.kit.Endpoint;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One address and port of a server: "The client MUST treat each destination (IP, port) combination as a unique server"
 * (RFC 5997 section 4.3), so that accounting that is silent does not cost anybody authentication. Asks on links, waits,
 * and judges what comes: an answer counts only if its identifier is asked about on its link and its authenticators are
 * right. Over UDP anything else is counted and passed over, so that the genuine one after it still counts.
 */
final class Destination implements Lanes.Owner {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.aaa");
    /** How many waits without a sign of life make a server suspect. */
    private static final int SUSPICIOUS_WAITS = 2;

    private final RadiusServerSettings settings;
    private final RadiusRequest.Kind kind;
    private final Ticker ticker;
    private final Jitter jitter;
    private final Secret secret;
    private final Tally tally;
    private final Lanes lanes;
    private final Liveness liveness;
    private final SignsOfLife signs;
    private boolean closed;

    /** @param kind ACCESS, or ACCOUNTING where that has a port of its own */
    Destination(
            RadiusServerSettings settings,
            RadiusRequest.Kind kind,
            Link.Dialer dialer,
            Ticker ticker,
            Jitter jitter,
            Secret secret,
            Tally tally) {
        this.settings = settings;
        this.kind = kind;
        this.ticker = ticker;
        this.jitter = jitter;
        this.secret = secret;
        this.tally = tally;
        this.lanes = new Lanes(settings, kind, dialer, ticker, jitter, this);
        this.liveness = new Liveness(settings.deadTime(), ticker.nanos());
        this.signs = new SignsOfLife(
                settings, ticker, jitter, result -> ask(RadiusRequest.status(), signOfLifeEffort(), result));
    }

    Standing standing() {
        boolean tried = liveness.isOnTrial() || signs.areAskedFor();
        return liveness.standing() == Standing.DEAD && tried ? Standing.PROBING : liveness.standing();
    }

    Duration inThatStanding() {
        return age(liveness.since());
    }

    boolean isTrialDue() {
        return liveness.isTrialDue(ticker.nanos());
    }

    int outstanding() {
        return lanes.outstanding();
    }

    /** Asks. The result comes once, on this thread, perhaps before this returns. */
    void ask(RadiusRequest request, Effort effort, Consumer<Result> result) {
        boolean trial = request.kind() == kind && liveness.beginTrial();
        Attempt attempt = new Attempt(request, effort, ticker.nanos(), how -> {
            if (trial) {
                liveness.endTrial();
            }
            result.accept(how);
        });
        if (closed) {
            attempt.end(new Result.Failed("is not asked any more: the client ends"));
        } else if (lanes.place(attempt)) {
            begin(attempt);
        } else {
            attempt.end(new Result.Failed("has too many requests outstanding: " + outstanding()));
        }
    }

    void close() {
        closed = true;
        signs.end();
        Result end = new Result.Failed("is not asked any more: the client ends");
        for (Lane lane : lanes.close()) {
            lane.waiting().forEach(attempt -> finish(attempt, lane, end));
        }
    }

    private void begin(Attempt attempt) {
        Lane lane = attempt.lane.orElseThrow();
        Outgoing.seal(attempt, secret, jitter.random());
        transmit(attempt, lane);
        waitFor(attempt, lane);
    }

    /** The same octets each time (RFC 5080 section 2.2.2). */
    private void transmit(Attempt attempt, Lane lane) {
        attempt.sent++;
        if (!attempt.isSignOfLife()) {
            tally.sent++;
            if (attempt.sent > 1) {
                tally.retransmitted++;
            }
        }
        lane.link().send(attempt.packet);
    }

    private void waitFor(Attempt attempt, Lane lane) {
        Duration wait = jitter.vary(settings.waits().get(attempt.waits++));
        Duration left = attempt.effort.longest().minus(age(attempt.begun));
        attempt.alarm = Optional.of(ticker.after(wait.compareTo(left) < 0 ? wait : left, () -> waited(attempt, lane)));
    }

    private void waited(Attempt attempt, Lane lane) {
        boolean last = attempt.waits
                        >= Math.min(attempt.effort.waits(), settings.waits().size())
                || age(attempt.begun).compareTo(attempt.effort.longest()) >= 0;
        if (last || liveness.isDeadSince(attempt.begun)) {
            silent(attempt, lane);
            return;
        }
        if (attempt.waits >= SUSPICIOUS_WAITS && (isTelling(attempt) || attempt.isSignOfLife())) {
            suspect(attempt);
        }
        if (settings.retransmits()) {
            transmit(attempt, lane);
        }
        waitFor(attempt, lane);
    }

    private void silent(Attempt attempt, Lane lane) {
        // A server that has answered others meanwhile is alive: it does not want this one.
        boolean tells = isTelling(attempt) && !liveness.isHeardSince(attempt.begun);
        // One packet may be lost.
        boolean cutShort =
                attempt.waits < Math.min(SUSPICIOUS_WAITS, settings.waits().size());
        if (tells && !(cutShort && suspect(attempt)) && died()) {
            // Those that have waited for the same silence need not wait for its end.
            lanes.waiting().stream().filter(other -> other.waits > 1).forEach(this::giveUp);
        }
        giveUp(attempt);
        // Any other answer since is as good a sign (RFC 3539 section 3.4.1).
        boolean heardSince = lane.heard() - attempt.begun > 0;
        if (attempt.isSignOfLife() && !settings.retransmits() && !heardSince) {
            broken(lane, "no sign of life for " + age(lane.heard()).toSeconds() + " s");
        }
    }

    private void giveUp(Attempt attempt) {
        if (!attempt.isOver() && !attempt.isSignOfLife()) {
            tally.timedOut++;
        }
        String silence = attempt.silence(age(attempt.begun), tally.trouble);
        finish(attempt, attempt.lane.orElseThrow(), new Result.Failed(silence));
    }

    /**
     * Whether silence tells that the server is dead: not every server answers Status-Server, or takes accounting over the
     * connection that authenticates.
     */
    private boolean isTelling(Attempt attempt) {
        return attempt.request.kind() == kind;
    }

    /** @return whether that is news */
    private boolean suspect(Attempt attempt) {
        boolean news = liveness.suspect(attempt.begun, ticker.nanos());
        if (news) {
            told("aaa.server-suspect");
            signs.begin();
        }
        return news;
    }

    /** @return whether that is news */
    private boolean died() {
        boolean news = liveness.died(ticker.nanos());
        if (news) {
            told("aaa.server-dead");
            signs.begin();
        }
        return news;
    }

    private void heard() {
        Duration was = inThatStanding();
        signs.end();
        tally.trouble = Optional.empty();
        if (liveness.heard(ticker.nanos())) {
            LOG.atInfo()
                    .addKeyValue("event", "aaa.server-alive")
                    .addKeyValue("server", settings.name())
                    .addKeyValue("at", endpoint())
                    .addKeyValue("was-dead", was)
                    .log();
        }
    }

    private void finish(Attempt attempt, Lane lane, Result how) {
        if (attempt.isOver()) {
            return;
        }
        if (attempt.isSignOfLife() && !settings.retransmits()) {
            lane.releaseFromWatchdog();
        } else {
            lane.release(attempt, ticker.nanos());
        }
        if (!attempt.isSignOfLife() && attempt.answers == 0) {
            tally.unanswered++;
        }
        attempt.end(how);
    }

    @Override
    public void received(Lane lane, Octets octets) {
        Incoming incoming = Incoming.read(octets, lane, secret);
        switch (incoming) {
            case Incoming.Discarded(Objection why, Optional<Attempt> to) -> {
                discard(why);
                to.ifPresent(attempt -> attempt.objected(why));
                if (why == Objection.NO_MESSAGE_AUTHENTICATOR) {
                    // Who provokes such answers must not silence the server for all.
                    liveness.muttered(ticker.nanos());
                }
                if (why.endsStreams() && !settings.retransmits()) {
                    broken(lane, "the server sent a packet that is no answer: " + why);
                }
            }
            case Incoming.Late late -> {
                late.attempt().answers++;
                discard(Objection.LATE);
                lane.heard(ticker.nanos());
                heard();
            }
            case Incoming.Answers(Attempt attempt, RadiusCode code, Result result) -> {
                attempt.answers++;
                if (!attempt.isSignOfLife()) {
                    tally.answer(code);
                    tally.latencies.add(ticker.nanos() - attempt.begun);
                }
                lane.heard(ticker.nanos());
                heard();
                finish(attempt, lane, result);
            }
        }
    }

    private void discard(Objection why) {
        tally.discard(why);
        LOG.atDebug()
                .addKeyValue("event", "aaa.discarded")
                .addKeyValue("server", settings.name())
                .addKeyValue("at", endpoint())
                .addKeyValue("reason", why)
                .log();
    }

    @Override
    public void troubled(String what) {
        tally.trouble = Optional.of(what);
    }

    /** (RFC 3539 section 3.4.1, RFC 6613 section 2.6.) */
    @Override
    public void quiet(Lane lane) {
        Attempt attempt = new Attempt(RadiusRequest.status(), Effort.ALL, ticker.nanos(), result -> {});
        if (lane.takeForWatchdog(attempt, ticker.nanos())) {
            begin(attempt);
        }
    }

    /** A connection that the server has used: what waits on it may be asked again on another one. */
    @Override
    public void broken(Lane lane, String why) {
        if (lane.isHeard()) {
            gone(lane, why, new Result.Lost(why));
        } else {
            refused(lane, why);
        }
    }

    /** Nobody is there, or takes us: with TLS 1.3 a refusal may come when the connection stands. */
    @Override
    public void refused(Lane lane, String why) {
        tally.trouble = Optional.of(why);
        if (lanes.isOnly(lane)) {
            died();
        }
        gone(lane, why, new Result.Failed(why));
    }

    private void gone(Lane lane, String why, Result how) {
        if (!lanes.close(lane)) {
            return;
        }
        // Servers may end a connection that nobody needs.
        (lane.outstanding() > 0 ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue("event", "aaa.link-lost")
                .addKeyValue("server", settings.name())
                .addKeyValue("at", endpoint())
                .addKeyValue("why", why)
                .log();
        lane.waiting().forEach(attempt -> finish(attempt, lane, how));
    }

    private void told(String event) {
        LOG.atWarn()
                .addKeyValue("event", event)
                .addKeyValue("server", settings.name())
                .addKeyValue("at", endpoint())
                .addKeyValue("again-in", settings.deadTime())
                .addKeyValue("trouble", tally.trouble.orElse("silence"))
                .log();
    }

    private Effort signOfLifeEffort() {
        // "they MUST NOT be retransmitted" (RFC 5997 section 4.1); on a connection nothing is.
        return settings.retransmits() ? Effort.ONCE : Effort.ALL;
    }

    private Endpoint endpoint() {
        return kind == RadiusRequest.Kind.ACCOUNTING ? settings.accounting() : settings.authentication();
    }

    private Duration age(long since) {
        return Duration.ofNanos(ticker.nanos() - since);
    }
}
