package org.homeport.aaa.radius;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.Octets;

/**
 * The links to one destination: as many as there are requests outstanding, by 256s. Those that were made for a rush are
 * closed when it is over, and TLS connections are watched.
 */
final class Lanes {
    /** How long a TLS connection may be quiet before the server is asked whether it is there (RFC 3539 section 3.4.1). */
    static final Duration WATCHDOG = Duration.ofSeconds(30);
    /** After which a link that is not the only one is closed. */
    static final Duration IDLE = Duration.ofMinutes(2);

    /** Above 16,000 requests at a time. */
    private static final int MOST = 64;

    private final RadiusServerSettings settings;
    private final RadiusRequest.Kind kind;
    private final Link.Dialer dialer;
    private final Ticker ticker;
    private final Jitter jitter;
    private final Owner owner;
    private final List<Lane> open = new ArrayList<>();

    /** Is told what becomes of them. */
    interface Owner {
        void received(Lane lane, Octets packet);

        void troubled(String what);

        /** It never stood. It is among them still. */
        void refused(Lane lane, String why);

        /** It stood. It is among them still. */
        void broken(Lane lane, String why);

        /** A TLS connection has been quiet for some time. */
        void quiet(Lane lane);
    }

    Lanes(
            RadiusServerSettings settings,
            RadiusRequest.Kind kind,
            Link.Dialer dialer,
            Ticker ticker,
            Jitter jitter,
            Owner owner) {
        this.settings = settings;
        this.kind = kind;
        this.dialer = dialer;
        this.ticker = ticker;
        this.jitter = jitter;
        this.owner = owner;
    }

    /** Finds an identifier: on the first link that has one, or on a new link. @return whether there is one */
    boolean place(Attempt attempt) {
        long now = ticker.nanos();
        if (attempt.isSignOfLife() && !settings.retransmits()) {
            return (open.isEmpty() ? dial() : open.getFirst()).takeForWatchdog(attempt, now);
        }
        for (Lane lane : open) {
            if (lane.take(attempt, now)) {
                return true;
            }
        }
        return open.size() < MOST && dial().take(attempt, now);
    }

    int outstanding() {
        return open.stream().mapToInt(Lane::outstanding).sum();
    }

    /** Of all links. */
    List<Attempt> waiting() {
        return open.stream().flatMap(lane -> lane.waiting().stream()).toList();
    }

    boolean isOnly(Lane lane) {
        return open.equals(List.of(lane));
    }

    /** Closes its link, and forgets it. @return whether it was there */
    boolean close(Lane lane) {
        boolean there = open.remove(lane);
        if (there) {
            lane.link().close();
        }
        return there;
    }

    /** Closes and forgets all. @return those that there were */
    List<Lane> close() {
        List<Lane> all = List.copyOf(open);
        all.forEach(this::close);
        return all;
    }

    private Lane dial() {
        Ear ear = new Ear();
        Lane lane = new Lane(
                dialer.dial(settings, kind, ear),
                settings.retransmits() ? Lane.Zero.LIKE_OTHERS : Lane.Zero.FOR_THE_WATCHDOG,
                ticker.nanos());
        ear.lane = Optional.of(lane);
        open.add(lane);
        if (open.size() > 1) {
            closeWhenIdle(lane);
        }
        if (!settings.retransmits() && settings.probing() == RadiusServerSettings.Probing.STATUS_SERVER) {
            watch(lane);
        }
        return lane;
    }

    private void closeWhenIdle(Lane lane) {
        ticker.after(IDLE, () -> {
            if (lane.outstanding() == 0 && age(lane.used()).compareTo(IDLE) >= 0 && open.size() > 1) {
                close(lane);
            } else if (open.contains(lane)) {
                closeWhenIdle(lane);
            }
        });
    }

    private void watch(Lane lane) {
        ticker.after(jitter.vary(WATCHDOG), () -> {
            if (!open.contains(lane)) {
                return;
            }
            // Less than the shortest pause, so that quiet is not overlooked once.
            if (age(lane.heard()).compareTo(WATCHDOG.multipliedBy(4).dividedBy(5)) >= 0) {
                owner.quiet(lane);
            }
            watch(lane);
        });
    }

    private Duration age(long since) {
        return Duration.ofNanos(ticker.nanos() - since);
    }

    /** One link's. */
    private final class Ear implements Link.Receiver {
        private Optional<Lane> lane = Optional.empty();

        @Override
        public void received(Octets packet) {
            lane.ifPresent(l -> owner.received(l, packet));
        }

        @Override
        public void troubled(String what) {
            owner.troubled(what);
        }

        @Override
        public void refused(String why) {
            lane.filter(open::contains).ifPresent(l -> owner.refused(l, why));
        }

        @Override
        public void broken(String why) {
            lane.filter(open::contains).ifPresent(l -> owner.broken(l, why));
        }
    }
}
