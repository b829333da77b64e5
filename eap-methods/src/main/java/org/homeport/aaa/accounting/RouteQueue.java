package org.homeport.aaa.accounting;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.homeport.aaa.accounting.AccountingSink.Delivery;
import org.homeport.aaa.accounting.Journal.OwedRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one AAA is owed: delivered in order per session, many sessions at once, until it is acknowledged. Accounting-On and
 * -Off wait for all before them, and all behind wait for them. An AAA that does not answer is asked for one record at a
 * time, and holds up no other.
 *
 * <p>Of a session only the newest undelivered Interim is kept: counters are cumulative, and RFC 2869 section 2.1 wants no
 * two generations waiting.
 */
final class RouteQueue {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.accounting");
    /** Unacknowledged requests at once; far below the 256 that a RADIUS socket can tell apart (RFC 2865 section 3). */
    private static final int WINDOW = 32;
    /** Attempts after which On and Off let others pass: there are servers that never acknowledge them. */
    private static final int BARRIER_ATTEMPTS = 8;
    /** Attempts after which an On or Off is given up, if others have been acknowledged since. */
    private static final int LAST_BARRIER_ATTEMPT = 12;

    private final String route;
    private final AccountingSink sink;
    private final AccountingThread thread;
    private final InstantSource clock;
    private final BackOff backOff;
    private final Consumer<OwedRecord> settled;
    private final Map<Long, Entry> entries = new LinkedHashMap<>();
    /** By session: the Interim that a newer one takes the place of. */
    private final Map<String, Entry> interims = new HashMap<>();

    private final Set<String> busySessions = new HashSet<>();

    private int inFlight;
    private long acknowledged;
    private int failuresInARow;
    private Instant quietUntil = Instant.MIN;
    private AccountingThread.Timer wake = () -> {};
    private boolean ended;
    private volatile Backlog backlog;

    private static final class Entry {
        final OwedRecord owed;
        int attempts;
        Instant notBefore = Instant.MIN;
        boolean inFlight;
        long acknowledgedBefore;

        Entry(OwedRecord owed) {
            this.owed = owed;
        }

        AccountingRecord record() {
            return owed.record();
        }

        boolean isBoundary() {
            return record() instanceof AccountingRecord.On || record() instanceof AccountingRecord.Off;
        }

        boolean holdsUpOthers() {
            return isBoundary() && attempts < BARRIER_ATTEMPTS;
        }
    }

    /** @param settled told of records that this route is not owed any more: acknowledged, or superseded */
    RouteQueue(String route, AccountingSurroundings surroundings, Consumer<OwedRecord> settled) {
        this.route = route;
        this.sink = surroundings.sink();
        this.thread = surroundings.thread();
        this.clock = surroundings.clock();
        this.backOff = new BackOff(surroundings.random());
        this.settled = settled;
        this.backlog = new Backlog(route, 0, Optional.empty(), Optional.empty());
    }

    /** On any thread. */
    Backlog backlog() {
        return backlog;
    }

    int size() {
        return entries.size();
    }

    /** Nothing is waiting that an AAA that answers would take. */
    boolean isDone() {
        return entries.isEmpty() || failuresInARow > 0;
    }

    /** @param owed newer than all before */
    void add(OwedRecord owed) {
        Entry entry = new Entry(owed);
        entries.put(owed.number(), entry);
        if (owed.record() instanceof AccountingRecord.Interim interim) {
            Entry older = interims.put(interim.id(), entry);
            if (older != null && !older.inFlight) {
                drop(older);
            }
        }
        pump();
    }

    private void drop(Entry entry) {
        entries.remove(entry.owed.number());
        interims.remove(entry.record().id(), entry);
        settled.accept(entry.owed);
    }

    private void pump() {
        wake.cancel();
        if (ended) {
            return;
        }
        Instant now = clock.instant();
        boolean answers = failuresInARow == 0;
        if (answers || inFlight == 0 && isDue(quietUntil, now)) {
            List<Entry> ready = ready(now, answers ? WINDOW - inFlight : WINDOW);
            if (answers) {
                ready.forEach(this::send);
            } else {
                ready.stream().min(Comparator.comparingInt(e -> e.attempts)).ifPresent(this::send);
            }
        } else if (inFlight == 0) {
            wakeAt(quietUntil, now);
        }
        publish();
    }

    /** In order; of each session the first, if it is not under way; nothing from behind an On or Off. */
    private List<Entry> ready(Instant now, int most) {
        List<Entry> ready = new ArrayList<>();
        Set<String> passed = new HashSet<>(busySessions);
        Optional<Instant> earliest = Optional.empty();
        boolean first = true;
        Iterator<Entry> all = entries.values().iterator();
        while (all.hasNext() && ready.size() < most) {
            Entry entry = all.next();
            boolean held = entry.holdsUpOthers();
            if (held && !first) {
                break;
            }
            if (passed.add(entry.record().id())) {
                if (!isDue(entry.notBefore, now)) {
                    earliest = Optional.of(
                            earliest.filter(e -> e.isBefore(entry.notBefore)).orElse(entry.notBefore));
                } else {
                    ready.add(entry);
                }
            }
            if (held) {
                break;
            }
            first = false;
        }
        earliest.ifPresent(at -> wakeAt(at, now));
        return ready;
    }

    /** What lies farther ahead than any wait does was set before the clock was put back. */
    private static boolean isDue(Instant at, Instant now) {
        return !now.isBefore(at) || now.plus(BackOff.LONGEST).isBefore(at);
    }

    private void wakeAt(Instant at, Instant now) {
        wake = thread.after(Duration.between(now, at), this::pump);
    }

    private void send(Entry entry) {
        entry.inFlight = true;
        entry.acknowledgedBefore = acknowledged;
        inFlight++;
        busySessions.add(entry.record().id());
        Duration delay = Duration.between(entry.record().at(), clock.instant());
        sink.deliver(route, entry.record(), delay.isNegative() ? Duration.ZERO : delay)
                .whenComplete((delivery, thrown) -> thread.execute(
                        () -> over(entry, delivery != null ? delivery : new Delivery.Failed(String.valueOf(thrown)))));
    }

    private void over(Entry entry, Delivery delivery) {
        entry.inFlight = false;
        inFlight--;
        busySessions.remove(entry.record().id());
        switch (delivery) {
            case Delivery.Delivered() -> delivered(entry);
            case Delivery.Failed(String reason) -> failed(entry, reason);
        }
        pump();
    }

    private void delivered(Entry entry) {
        acknowledged++;
        if (failuresInARow > 0) {
            failuresInARow = 0;
            LOG.atInfo()
                    .addKeyValue("event", "accounting.answered")
                    .addKeyValue("route", route)
                    .addKeyValue("waiting", entries.size() - 1)
                    .log();
        }
        backlog = new Backlog(route, entries.size(), Optional.empty(), Optional.empty());
        drop(entry);
    }

    private void failed(Entry entry, String reason) {
        entry.attempts++;
        Instant now = clock.instant();
        entry.notBefore = now.plus(backOff.after(entry.attempts));
        boolean othersAreAnswered = acknowledged > entry.acknowledgedBefore;
        if (!othersAreAnswered) {
            if (failuresInARow == 0) {
                LOG.atWarn()
                        .addKeyValue("event", "accounting.unanswered")
                        .addKeyValue("route", route)
                        .addKeyValue("waiting", entries.size())
                        .addKeyValue("why", reason)
                        .log("its records are kept and sent until they are acknowledged");
            }
            if (inFlight == 0 || failuresInARow == 0) {
                failuresInARow++;
                quietUntil = now.plus(backOff.after(failuresInARow));
            }
            backlog = new Backlog(route, entries.size(), Optional.empty(), Optional.of(reason));
        } else if (entry.isBoundary() && entry.attempts >= LAST_BARRIER_ATTEMPT) {
            LOG.atError()
                    .addKeyValue("event", "accounting.given-up")
                    .addKeyValue("route", route)
                    .addKeyValue("record", entry.record())
                    .log("the AAA acknowledges others, and never this");
            drop(entry);
        }
        if (entry.record() instanceof AccountingRecord.Interim interim && interims.get(interim.id()) != entry) {
            drop(entry);
        }
    }

    private void publish() {
        Optional<Instant> oldest = entries.values().stream()
                .findFirst()
                .map(entry -> entry.record().at());
        backlog = new Backlog(route, entries.size(), oldest, failuresInARow > 0 ? backlog.trouble() : Optional.empty());
    }

    /** Sends nothing more. */
    void end() {
        ended = true;
        wake.cancel();
    }
}
