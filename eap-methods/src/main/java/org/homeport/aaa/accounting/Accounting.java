package org.homeport.aaa.accounting;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.accounting.Journal.KeptSession;
import org.homeport.kit.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts for sessions: one Start, Interims in order, one Stop each, also over {@code kill -9} (RFC 2866, RFC 2869
 * section 2.1). Whoever calls waits for nothing: everything is done on the accounting thread.
 *
 * <p>What is exact is the journal: it holds each record once. An AAA whose acknowledgement was lost gets the record again,
 * as RADIUS has it, with the same Acct-Session-Id, type and Event-Timestamp.
 */
public final class Accounting {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.accounting");
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Settings settings;
    private final Ledger ledger;
    private final TrafficSource traffic;
    private final SessionCloser closer;
    private final AccountingThread thread;
    private final InstantSource clock;
    private final MultiSessions multiSessions;
    private final Map<String, Account> accounts = new HashMap<>();
    /** By session: for whoever is asked about it by this name. */
    private final Map<String, String> multiIds = new ConcurrentHashMap<>();

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private Ending ending = Ending.NOT_YET;

    private enum Ending {
        NOT_YET,
        /** Stops are awaited. */
        SESSIONS,
        /** The AAAs' answers are awaited. */
        DELIVERY,
        OVER
    }

    /**
     * What does not change while it runs.
     *
     * @param routes whose AAA gets accounting; all others' sessions are for the local log alone
     */
    public record Settings(AccountingIds ids, Set<String> routes, AccountingTerms terms) {
        public Settings {
            routes = Set.copyOf(routes);
        }
    }

    private Accounting(
            Settings settings,
            Ledger ledger,
            TrafficSource traffic,
            SessionCloser closer,
            AccountingSurroundings surroundings) {
        this.settings = settings;
        this.ledger = ledger;
        this.traffic = traffic;
        this.closer = closer;
        this.thread = surroundings.thread();
        this.clock = surroundings.clock();
        this.multiSessions = new MultiSessions(settings.terms().multiSessionGap());
    }

    /**
     * Begins, and brings to its end what an earlier run left open: sessions get a Stop with the counters that are known
     * of them, after everything else of theirs; then every AAA hears Accounting-On.
     *
     * @param left what counters of an earlier run were found at, by their names
     */
    public static Accounting start(
            Settings settings,
            Journal journal,
            Optional<CallDetailLog> log,
            TrafficSource traffic,
            SessionCloser closer,
            Map<String, Usage> left,
            AccountingSurroundings surroundings)
            throws JournalUnavailableException {
        Ledger ledger = new Ledger(
                journal, log, settings.routes(), surroundings, settings.terms().recordLimit());
        Accounting accounting = new Accounting(settings, ledger, traffic, closer, surroundings);
        List<Journal.OwedRecord> owed = journal.owed();
        List<KeptSession> sessions = journal.sessions();
        surroundings.thread().execute(() -> accounting.begin(owed, sessions, left));
        return accounting;
    }

    private void begin(List<Journal.OwedRecord> owed, List<KeptSession> sessions, Map<String, Usage> left) {
        Instant now = clock.instant();
        ledger.takeOver(owed);
        new LeftOver(ledger, multiSessions, left).close(sessions, now);
        ledger.add(new AccountingRecord.On(settings.ids().boot(), Optional.empty(), now));
        for (String route : settings.routes()) {
            ledger.add(new AccountingRecord.On(settings.ids().boot(), Optional.of(route), now));
        }
    }

    /** A session is established. Any thread. */
    public void opened(SessionOpening opening) {
        thread.execute(() -> open(opening));
    }

    /** A session's path, or its counters, are other ones now. Any thread. */
    public void changed(String session, Endpoint careOf) {
        thread.execute(() -> account(session).ifPresent(account -> change(account, careOf)));
    }

    /** A session is over; unknown ones were never established. Any thread. */
    public void closed(String session, TerminateCause cause) {
        thread.execute(() -> account(session).ifPresent(account -> close(account, cause)));
    }

    /** Acct-Multi-Session-Id of an open session. Any thread. */
    public Optional<String> multiSessionId(String session) {
        return Optional.ofNullable(multiIds.get(session));
    }

    /** What AAAs have not acknowledged. Any thread. */
    public List<Backlog> backlogs() {
        return ledger.backlogs();
    }

    /**
     * Accounting-Off, once every session has its Stop; those that are still open then get one. What is not delivered in
     * time is delivered after the next start. Any thread.
     *
     * @return done when the journal may be closed
     */
    public CompletionStage<Void> end() {
        thread.execute(this::beginEnd);
        return ended.minimalCompletionStage();
    }

    /** Live accounts only: one that is closing has all that it will get. */
    private Optional<Account> account(String session) {
        return Optional.ofNullable(accounts.get(session)).filter(account -> !account.closing);
    }

    private void open(SessionOpening opening) {
        if (accounts.containsKey(opening.session()) || ending != Ending.NOT_YET) {
            return;
        }
        Instant now = clock.instant();
        AccountedSession facts = opening.facts();
        if (ledger.isRoute(facts.route()) && !ledger.takesStarts(facts.route())) {
            LOG.atError()
                    .addKeyValue("event", "accounting.session-lost")
                    .addKeyValue("session", opening.session())
                    .addKeyValue("user", facts.userName())
                    .log("the queue is full: this session is in the local log at most");
            facts = facts.untold();
        }
        Account account = new Account(opening, multiSessions.join(facts, now));
        multiSessions.forgetOld(now).forEach(ledger::forget);
        accounts.put(opening.session(), account);
        multiIds.put(opening.session(), account.facts.multiId());
        ledger.add(new AccountingRecord.Start(account.facts, account.seen));
        keep(account);
        nextInterim(account);
        watch(account);
    }

    private void change(Account account, Endpoint careOf) {
        boolean moved = !careOf.address().equals(account.facts.careOf().address());
        account.facts = account.facts.movedTo(careOf);
        look(account, reading -> {
            if (moved) {
                interim(account);
            } else {
                keep(account);
            }
        });
    }

    private void nextInterim(Account account) {
        settings.terms()
                .interims()
                .interval(account.opening.interimInterval())
                .ifPresent(interval -> account.interim = thread.after(interval, () -> {
                    nextInterim(account);
                    look(account, reading -> interim(account));
                }));
    }

    private void interim(Account account) {
        if (ledger.takesInterims(account.facts.route())) {
            ledger.add(new AccountingRecord.Interim(account.facts, account.seen, account.reading.total()));
        }
        keep(account);
    }

    private void watch(Account account) {
        account.idleCheck.cancel();
        account.idle.ifPresent(idle -> account.idleCheck = thread.after(
                idle.untilNextLook(),
                () -> look(account, reading -> {
                    if (idle.isOver(reading.total(), account.seen)) {
                        closer.close(
                                account.opening.session(),
                                "no traffic for " + idle.timeout().toSeconds() + " seconds");
                    } else {
                        watch(account);
                    }
                })));
    }

    /** Takes a reading; nothing happens if the session closes meanwhile. */
    private void look(Account account, Consumer<Reading> then) {
        traffic.soFar(account.opening.session())
                .whenComplete((reading, failed) -> thread.execute(() -> {
                    if (!account.closing) {
                        account.take(reading != null ? reading : account.reading, clock.instant());
                        then.accept(account.reading);
                    }
                }));
    }

    private void close(Account account, TerminateCause cause) {
        account.closing = true;
        account.interim.cancel();
        account.idleCheck.cancel();
        Instant at = clock.instant();
        traffic.last(account.opening.session())
                .whenComplete((reading, failed) -> thread.execute(() -> {
                    if (accounts.containsKey(account.opening.session())) {
                        account.take(reading != null ? reading : account.reading, at);
                        stop(account, cause);
                        proceedToEnd();
                    }
                }));
    }

    private void stop(Account account, TerminateCause cause) {
        accounts.remove(account.opening.session());
        multiIds.remove(account.opening.session());
        ledger.add(new AccountingRecord.Stop(account.facts, account.seen, account.reading.total(), cause));
        if (multiSessions.leave(account.facts, account.seen)) {
            ledger.keep(new KeptSession(account.facts, account.reading, account.seen, Optional.of(account.seen)));
        } else {
            ledger.forget(account.facts.id());
        }
        multiSessions.forgetOld(clock.instant()).forEach(ledger::forget);
    }

    private void keep(Account account) {
        ledger.keep(new KeptSession(account.facts, account.reading, account.seen, Optional.empty()));
    }

    private void beginEnd() {
        if (ending == Ending.NOT_YET) {
            ending = Ending.SESSIONS;
            thread.after(settings.terms().lastCounters(), this::stopAll);
            proceedToEnd();
        }
    }

    private void stopAll() {
        List<Account> left = new ArrayList<>(accounts.values());
        left.forEach(account -> {
            account.closing = true;
            account.interim.cancel();
            account.idleCheck.cancel();
            account.take(account.reading, clock.instant());
            stop(account, TerminateCause.ADMIN_REBOOT);
        });
        proceedToEnd();
    }

    private void proceedToEnd() {
        if (ending == Ending.SESSIONS && accounts.isEmpty()) {
            ending = Ending.DELIVERY;
            Instant now = clock.instant();
            ledger.add(new AccountingRecord.Off(settings.ids().boot(), Optional.empty(), now));
            for (String route : settings.routes()) {
                ledger.add(new AccountingRecord.Off(settings.ids().boot(), Optional.of(route), now));
            }
            thread.after(settings.terms().lastDelivery(), this::endNow);
            awaitDelivery();
        }
    }

    private void awaitDelivery() {
        if (ledger.isDone()) {
            endNow();
        } else {
            thread.after(LOOK_AGAIN, this::awaitDelivery);
        }
    }

    private void endNow() {
        if (ending == Ending.DELIVERY) {
            ending = Ending.OVER;
            ledger.end();
            ended.complete(null);
        }
    }
}
