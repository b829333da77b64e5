package org.homeport.aaa.radius;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.homeport.aaa.radius.RadiusServerView.Standing;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server, seen by the client's thread: its links, what it has been asked, and whether it answers. An answer counts
 * only if its identifier is asked about on its link, and its authenticators are right; anything else is counted and
 * passed over, so that the genuine one after it still counts.
 */
final class RadiusServer {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.aaa");
    /** 16,384 requests at a time. */
    private static final int MOST_LANES = 64;
    /** Between signs of life that a dead server is asked for. */
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);
    /** How long a TLS connection may be quiet before the server is asked whether it is there (RFC 3539 section 3.4.1). */
    private static final Duration WATCHDOG = Duration.ofSeconds(30);

    private final RadiusServerSettings settings;
    private final Link.Dialer dialer;
    private final Ticker ticker;
    private final RandomSource random;
    private final Secret secret;
    private final Map<Channel, List<Lane>> lanes = new HashMap<>();
    private final Map<String, Long> discarded = new HashMap<>();
    private final Latencies latencies = new Latencies();
    private Standing standing = Standing.ALIVE;
    private long standingSince;
    private long lastHeard;
    private boolean onTrial;
    private long sent;
    private long retransmitted;
    private long answered;
    private long unanswered;
    private Optional<Ticker.Alarm> watchdog = Optional.empty();
    private Optional<Ticker.Alarm> probe = Optional.empty();

    /** Where a kind of request goes. */
    private enum Channel {
        AUTHENTICATION,
        ACCOUNTING
    }

    RadiusServer(RadiusServerSettings settings, Link.Dialer dialer, Ticker ticker, RandomSource random) {
        this.settings = settings;
        this.dialer = dialer;
        this.ticker = ticker;
        this.random = random;
        this.secret = settings.secret();
        this.standingSince = ticker.nanos();
        this.lastHeard = standingSince - 1;
    }

    RadiusServerSettings settings() {
        return settings;
    }

    Secret secret() {
        return secret;
    }

    /** Whether it may be asked now: it is alive, or its time is over and this is the one request that tries. */
    boolean isUsable() {
        return standing == Standing.ALIVE || (!onTrial && age(standingSince).compareTo(settings.deadTime()) >= 0);
    }

    boolean isAlive() {
        return standing == Standing.ALIVE;
    }

    /** For the operator: why it is not asked. */
    String deadFor() {
        return settings.name() + " has not answered for " + age(standingSince).toSeconds() + " s";
    }

    /** Asks. The result comes once, on this thread, perhaps before this returns. */
    void ask(RadiusRequest request, Consumer<Attempt.Result> result) {
        boolean trial = standing == Standing.DEAD && request.kind() == RadiusRequest.Kind.ACCESS;
        onTrial |= trial;
        Attempt attempt = new Attempt(request, ticker.nanos(), outcome -> {
            onTrial &= !trial;
            result.accept(outcome);
        });
        Lane lane;
        OptionalInt identifier;
        List<Lane> open = lanes.computeIfAbsent(channel(request.kind()), c -> new ArrayList<>());
        do {
            Optional<Lane> free =
                    open.stream().filter(l -> l.outstanding() < 256).min(Comparator.comparingInt(Lane::outstanding));
            if (free.isEmpty() && open.size() >= MOST_LANES) {
                attempt.end(new Attempt.Result.Failed("has too many requests outstanding"));
                return;
            }
            lane = free.orElseGet(() -> dial(request.kind(), open));
            identifier = lane.take(attempt);
        } while (identifier.isEmpty());
        encode(attempt, identifier.getAsInt());
        transmit(attempt, lane);
    }

    RadiusServerView view() {
        return new RadiusServerView(
                settings.name(),
                standing,
                age(standingSince),
                lanes.values().stream()
                        .flatMap(List::stream)
                        .mapToInt(Lane::outstanding)
                        .sum(),
                sent,
                retransmitted,
                answered,
                unanswered,
                discarded,
                latencies.median());
    }

    void close() {
        watchdog.ifPresent(Ticker.Alarm::cancel);
        probe.ifPresent(Ticker.Alarm::cancel);
        List<Lane> all = lanes.values().stream().flatMap(List::stream).toList();
        lanes.clear();
        all.forEach(lane -> {
            lane.link().close();
            lane.each(attempt -> attempt.end(new Attempt.Result.Failed("is not asked any more: the client ends")));
        });
    }

    private Channel channel(RadiusRequest.Kind kind) {
        return kind == RadiusRequest.Kind.ACCOUNTING && settings.retransmits()
                ? Channel.ACCOUNTING
                : Channel.AUTHENTICATION;
    }

    private Lane dial(RadiusRequest.Kind kind, List<Lane> open) {
        Listener listener = new Listener(open);
        Lane lane = new Lane(dialer.dial(settings, kind, listener));
        listener.lane = Optional.of(lane);
        open.add(lane);
        if (!settings.retransmits() && watchdog.isEmpty()) {
            watch();
        }
        return lane;
    }

    private void encode(Attempt attempt, int identifier) {
        List<RadiusAttribute> attributes = attempt.request.attributes();
        attempt.authenticator = random.octets(RadiusPacket.AUTHENTICATOR_OCTETS);
        attempt.packet = switch (attempt.request.kind()) {
            case ACCESS ->
                RadiusAuthenticators.accessRequest(
                        RadiusCode.ACCESS_REQUEST, identifier, attempt.authenticator, attributes, secret);
            case STATUS ->
                RadiusAuthenticators.accessRequest(
                        RadiusCode.STATUS_SERVER, identifier, attempt.authenticator, attributes, secret);
            case ACCOUNTING -> RadiusAuthenticators.accountingRequest(identifier, attributes, secret);
        };
        if (attempt.request.kind() == RadiusRequest.Kind.ACCOUNTING) {
            attempt.authenticator = RadiusCodec.authenticator(attempt.packet);
        }
    }

    /** The same octets each time (RFC 5080 section 2.2.2). */
    private void transmit(Attempt attempt, Lane lane) {
        attempt.sent++;
        sent++;
        if (attempt.sent > 1) {
            retransmitted++;
        }
        Duration wait = settings.retransmits() ? varied(settings.waits().get(attempt.sent - 1)) : settings.patience();
        attempt.alarm = Optional.of(ticker.after(wait, () -> {
            if (settings.retransmits() && attempt.sent < settings.waits().size()) {
                transmit(attempt, lane);
            } else {
                lane.release(attempt);
                silent(attempt);
            }
        }));
        lane.link().send(attempt.packet);
    }

    /** By up to a tenth (RFC 5080 section 2.2.1). */
    private Duration varied(Duration wait) {
        return wait.multipliedBy(900 + random.below(201)).dividedBy(1000);
    }

    private void silent(Attempt attempt) {
        unanswered++;
        onTrial = false;
        // A server that has answered others meanwhile is alive: it does not want this one. Accounting has a port of its
        // own,
        // and records that wait for it must not keep anybody out.
        if (lastHeard - attempt.begun < 0 && attempt.request.kind() != RadiusRequest.Kind.ACCOUNTING) {
            died();
        }
        attempt.end(new Attempt.Result.Failed(attempt.silence(age(attempt.begun))));
    }

    private void died() {
        onTrial = false;
        if (standing == Standing.DEAD) {
            standingSince = ticker.nanos();
            return;
        }
        standing = Standing.DEAD;
        standingSince = ticker.nanos();
        LOG.atWarn()
                .addKeyValue("event", "aaa.server-dead")
                .addKeyValue("server", settings.name())
                .addKeyValue("at", settings.authentication())
                .addKeyValue("again-in", settings.deadTime())
                .log();
        // The others that wait have waited for the same silence.
        lanes.values().stream()
                .flatMap(List::stream)
                .toList()
                .forEach(lane -> lane.each(attempt -> {
                    if (attempt.sent > 1) {
                        lane.release(attempt);
                        unanswered++;
                        attempt.end(new Attempt.Result.Failed(attempt.silence(age(attempt.begun))));
                    }
                }));
        probeLater();
    }

    private void probeLater() {
        if (settings.probing() == RadiusServerSettings.Probing.STATUS_SERVER) {
            probe = Optional.of(ticker.after(PROBE_INTERVAL, () -> {
                if (standing == Standing.DEAD) {
                    ask(RadiusRequest.status(), result -> {
                        if (standing == Standing.DEAD) {
                            probeLater();
                        }
                    });
                }
            }));
        }
    }

    private void heard() {
        lastHeard = ticker.nanos();
        onTrial = false;
        if (standing == Standing.DEAD) {
            LOG.atInfo()
                    .addKeyValue("event", "aaa.server-alive")
                    .addKeyValue("server", settings.name())
                    .addKeyValue("was-dead", age(standingSince))
                    .log();
            standing = Standing.ALIVE;
            standingSince = ticker.nanos();
        }
    }

    private void watch() {
        watchdog = Optional.of(ticker.after(WATCHDOG, () -> {
            List<Lane> open = lanes.getOrDefault(Channel.AUTHENTICATION, List.of());
            if (open.isEmpty()) {
                watchdog = Optional.empty();
                return;
            }
            if (age(lastHeard).compareTo(WATCHDOG) >= 0
                    && settings.probing() == RadiusServerSettings.Probing.STATUS_SERVER) {
                Lane watched = open.getFirst();
                ask(RadiusRequest.status(), result -> {
                    if (result instanceof Attempt.Result.Failed) {
                        broken(
                                watched,
                                open,
                                "no sign of life for " + age(lastHeard).toSeconds() + " s");
                    }
                });
            }
            watch();
        }));
    }

    private Duration age(long since) {
        return Duration.ofNanos(ticker.nanos() - since);
    }

    private void discard(String reason) {
        discarded.merge(reason, 1L, Long::sum);
        LOG.atDebug()
                .addKeyValue("event", "aaa.discarded")
                .addKeyValue("server", settings.name())
                .addKeyValue("reason", reason)
                .log();
    }

    private void received(Lane lane, Octets octets) {
        RadiusPacket packet;
        try {
            packet = RadiusCodec.decode(octets);
        } catch (WireException e) {
            discard("malformed");
            return;
        }
        Optional<Attempt> asked = lane.at(packet.identifier());
        if (asked.isEmpty()) {
            discard("nothing-asked");
            return;
        }
        Attempt attempt = asked.get();
        Optional<String> objection = attempt.objection(packet, secret);
        if (objection.isPresent()) {
            discard(objection.get());
            attempt.objected(objection.get());
            if (objection.get().equals(Attempt.NO_MESSAGE_AUTHENTICATOR)) {
                // Not to be believed, but a sign of life: who provokes such answers must not silence the server for
                // all.
                lastHeard = ticker.nanos();
            }
            return;
        }
        lane.release(attempt);
        answered++;
        latencies.add(ticker.nanos() - attempt.begun);
        heard();
        attempt.end(new Attempt.Result.Answered(packet, attempt.authenticator));
    }

    private void broken(Lane lane, List<Lane> open, String why) {
        if (!open.remove(lane)) {
            return;
        }
        LOG.atWarn()
                .addKeyValue("event", "aaa.link-lost")
                .addKeyValue("server", settings.name())
                .addKeyValue("at", settings.authentication())
                .addKeyValue("why", why)
                .log();
        lane.link().close();
        boolean heardSince = lane.outstanding() == 0;
        lane.each(attempt -> {
            lane.release(attempt);
            unanswered++;
            attempt.end(new Attempt.Result.Lost(why));
        });
        if (!heardSince && open.isEmpty()) {
            died();
        }
    }

    /** One link's ear. */
    private final class Listener implements Link.Receiver {
        private final List<Lane> open;
        private Optional<Lane> lane = Optional.empty();

        Listener(List<Lane> open) {
            this.open = open;
        }

        @Override
        public void received(Octets packet) {
            lane.ifPresent(l -> RadiusServer.this.received(l, packet));
        }

        @Override
        public void broken(String why) {
            lane.ifPresent(l -> RadiusServer.this.broken(l, open, why));
        }
    }
}
