package org.homeport.aaa.accounting;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.homeport.aaa.accounting.Journal.Creditor;
import org.homeport.aaa.accounting.Journal.OwedRecord;
import org.homeport.aaa.accounting.Journal.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes records down, and only then hands them to whom they are owed. What comes while a write is under way goes out
 * together with the next one: one wait for the disk, however many sessions.
 */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.accounting");
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Journal journal;
    private final Optional<CallDetailLog> log;
    private final Map<String, RouteQueue> routes;
    private final AccountingThread thread;
    private final int recordLimit;

    /** Not in the journal yet. */
    private final List<Step> pending = new ArrayList<>();
    /** In the journal, and not in the log. */
    private final List<OwedRecord> unlogged = new ArrayList<>();

    /** That were told of. */
    private final Set<String> missingRoutes = new HashSet<>();

    /** Of routes, as the operator was told. */
    private final Map<String, Fill> fills = new HashMap<>();

    private long lastNumber;
    private Writing writing = Writing.NOTHING;
    private Health journalHealth = Health.WELL;
    private Health logHealth = Health.WELL;
    private AccountingThread.Timer logRetry = () -> {};

    private enum Writing {
        NOTHING,
        /** A write is about to begin. */
        SOON
    }

    private enum Health {
        WELL,
        FAILING
    }

    /** How full the queue of a route is. */
    private enum Fill {
        LOW,
        NO_INTERIMS,
        NO_STARTS
    }

    /** @param routes that have an AAA to be accounted to */
    Ledger(
            Journal journal,
            Optional<CallDetailLog> log,
            Set<String> routes,
            AccountingSurroundings surroundings,
            int recordLimit) {
        this.journal = journal;
        this.log = log;
        this.thread = surroundings.thread();
        this.recordLimit = recordLimit;
        this.routes = routes.stream()
                .collect(Collectors.toUnmodifiableMap(
                        route -> route, route -> new RouteQueue(route, surroundings, this::settled)));
    }

    /** What an earlier run left. */
    void takeOver(List<OwedRecord> owed) {
        for (OwedRecord record : owed) {
            lastNumber = Math.max(lastNumber, record.number());
            hand(record);
            if (log.isEmpty() && record.owedTo().contains(Creditor.CDR)) {
                write(new Step.Paid(record.number(), Creditor.CDR));
            }
        }
        logPending();
    }

    /** Whether Interims of a route, which may be one without AAA, are queued at present. */
    boolean takesInterims(String route) {
        return fill(route) == Fill.LOW;
    }

    /** Whether a route's sessions that begin are accounted to their AAA at present. */
    boolean takesStarts(String route) {
        return fill(route) != Fill.NO_STARTS;
    }

    private Fill fill(String route) {
        int records = records(route);
        return records >= recordLimit
                ? Fill.NO_STARTS
                : records >= recordLimit - recordLimit / 4 ? Fill.NO_INTERIMS : Fill.LOW;
    }

    /** What journal and log do not take concerns all routes; what an AAA does not acknowledge concerns its own. */
    private int records(String route) {
        return pending.size()
                + unlogged.size()
                + Optional.ofNullable(routes.get(route)).map(RouteQueue::size).orElse(0);
    }

    boolean isRoute(String route) {
        return routes.containsKey(route);
    }

    void add(AccountingRecord record) {
        Set<Creditor> owedTo = EnumSet.noneOf(Creditor.class);
        record.route().filter(routes::containsKey).ifPresent(route -> owedTo.add(Creditor.AAA));
        boolean forLog =
                record instanceof AccountingRecord.OfSession || record.route().isEmpty();
        log.filter(l -> forLog).ifPresent(l -> owedTo.add(Creditor.CDR));
        if (!owedTo.isEmpty()) {
            write(new Step.Owe(new OwedRecord(++lastNumber, record, owedTo)));
            measure();
        }
    }

    void keep(Journal.KeptSession session) {
        if (journalHealth == Health.FAILING) {
            pending.removeIf(step -> step instanceof Step.Keep(Journal.KeptSession older)
                    && older.session().id().equals(session.session().id()));
        }
        write(new Step.Keep(session));
    }

    void forget(String sessionId) {
        write(new Step.Forget(sessionId));
    }

    private void settled(OwedRecord owed) {
        write(new Step.Paid(owed.number(), Creditor.AAA));
    }

    private void write(Step step) {
        pending.add(step);
        if (writing == Writing.NOTHING) {
            writing = Writing.SOON;
            thread.execute(this::flush);
        }
    }

    /** Everything that is pending, at once. */
    void flush() {
        writing = Writing.NOTHING;
        if (pending.isEmpty()) {
            return;
        }
        List<Step> steps = List.copyOf(pending);
        try {
            journal.write(steps);
        } catch (JournalUnavailableException e) {
            trouble(e);
            writing = Writing.SOON;
            thread.after(RETRY, this::flush);
            return;
        }
        if (journalHealth == Health.FAILING) {
            journalHealth = Health.WELL;
            LOG.atInfo().addKeyValue("event", "accounting.queue-well").log();
        }
        pending.clear();
        for (Step step : steps) {
            if (step instanceof Step.Owe(OwedRecord owed)) {
                hand(owed);
            }
        }
        logPending();
        measure();
    }

    private void trouble(JournalUnavailableException e) {
        if (journalHealth == Health.WELL) {
            journalHealth = Health.FAILING;
            LOG.atError()
                    .addKeyValue("event", "accounting.queue-failing")
                    .addKeyValue("why", e.sentence())
                    .log("nothing is accounted until it can be written; it is tried again");
        }
    }

    private void hand(OwedRecord owed) {
        if (owed.owedTo().contains(Creditor.AAA)) {
            owed.record()
                    .route()
                    .map(routes::get)
                    .ifPresentOrElse(
                            queue -> queue.add(owed),
                            () -> missing(owed.record().route().orElse("")));
        }
        if (log.isPresent() && owed.owedTo().contains(Creditor.CDR)) {
            unlogged.add(owed);
        }
    }

    private void missing(String route) {
        if (missingRoutes.add(route)) {
            LOG.atError()
                    .addKeyValue("event", "accounting.no-route")
                    .addKeyValue("route", route)
                    .log("an earlier run's records for its AAA are kept until that route is configured again");
        }
    }

    private void logPending() {
        if (unlogged.isEmpty() || log.isEmpty()) {
            return;
        }
        CallDetailLog file = log.get();
        try {
            file.write(unlogged.stream().map(OwedRecord::record).toList());
        } catch (IOException e) {
            if (logHealth == Health.WELL) {
                logHealth = Health.FAILING;
                LOG.atError()
                        .addKeyValue("event", "accounting.log-failing")
                        .addKeyValue("file", file.file())
                        .addKeyValue("why", e.toString())
                        .log("its records are kept in the queue, and tried again");
            }
            logRetry.cancel();
            logRetry = thread.after(RETRY, this::logPending);
            return;
        }
        logHealth = Health.WELL;
        List<OwedRecord> written = List.copyOf(unlogged);
        unlogged.clear();
        written.forEach(owed -> write(new Step.Paid(owed.number(), Creditor.CDR)));
    }

    private void measure() {
        routes.keySet().forEach(this::measure);
    }

    private void measure(String route) {
        Fill now = fill(route);
        if (now != Optional.ofNullable(fills.put(route, now)).orElse(Fill.LOW)) {
            LOG.atLevel(now == Fill.LOW ? Level.INFO : Level.ERROR)
                    .addKeyValue("event", "accounting.queue-fill")
                    .addKeyValue("route", route)
                    .addKeyValue("records", records(route))
                    .addKeyValue("limit", recordLimit)
                    .log(
                            switch (now) {
                                case LOW -> "everything is queued again";
                                case NO_INTERIMS -> "Interims are not queued any more";
                                case NO_STARTS -> "sessions that begin now are not accounted to their AAA";
                            });
        }
    }

    /** No AAA that answers is owed anything, and the log is complete. */
    boolean isDone() {
        return pending.isEmpty() && routes.values().stream().allMatch(RouteQueue::isDone);
    }

    /** On any thread. */
    List<Backlog> backlogs() {
        return routes.values().stream().map(RouteQueue::backlog).toList();
    }

    /** The second write tells the journal what the log got by the first. */
    void end() {
        routes.values().forEach(RouteQueue::end);
        flush();
        flush();
    }
}
