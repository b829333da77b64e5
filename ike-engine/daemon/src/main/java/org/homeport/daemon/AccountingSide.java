package org.homeport.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.accounting.Accounting;
import org.homeport.aaa.accounting.AccountingExecutor;
import org.homeport.aaa.accounting.AccountingSink;
import org.homeport.aaa.accounting.AccountingSurroundings;
import org.homeport.aaa.accounting.AccountingTerms;
import org.homeport.aaa.accounting.Backlog;
import org.homeport.aaa.accounting.CallDetailLog;
import org.homeport.aaa.accounting.InterimTiming;
import org.homeport.aaa.accounting.JournalUnavailableException;
import org.homeport.aaa.accounting.SessionCloser;
import org.homeport.aaa.accounting.sqlite.SqliteJournal;
import org.homeport.aaa.route.RealmRoutes;
import org.homeport.aaa.route.RouteChoice;
import org.homeport.daemon.config.AccountingSettings;
import org.homeport.eap.Nai;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;

/**
 * Who is told what sessions cost.
 *
 * @param listener to be told of sessions
 * @param closer how a silent session is closed; nothing happens until it is set
 */
record AccountingSide(Accounting accounting, SessionAccounting listener, AtomicReference<SessionCloser> closer) {
    /** Sessions' last counters, and their AAA's answers. */
    private static final long LONGEST_END_MILLIS = 2_200;

    /**
     * Where accounting goes.
     *
     * @param nas our name
     * @param routes that have an AAA
     * @param ofIdentity the route of a peer that no AAA was asked about
     */
    record Aaa(String nas, AccountingSink sink, Set<String> routes, Function<String, Optional<String>> ofIdentity) {
        /** For the local log alone. */
        static Aaa none(String nas) {
            return new Aaa(
                    nas,
                    (route, record, delay) -> CompletableFuture.completedFuture(
                            new AccountingSink.Delivery.Failed("no RADIUS server is configured")),
                    Set.of(),
                    identity -> Optional.empty());
        }
    }

    /**
     * Begins, and accounts for what an earlier run left.
     *
     * @param parts gets what has to be ended: after the sessions, and before SAs and RADIUS
     */
    static AccountingSide open(
            AccountingSettings settings,
            Aaa aaa,
            AccountingIds ids,
            SaSide sas,
            Grants grants,
            InstantSource clock,
            RandomSource random,
            Deque<HomeportDaemon.Part> parts)
            throws StartFailedException {
        try {
            Files.createDirectories(settings.queue().toAbsolutePath().getParent());
            SqliteJournal journal = SqliteJournal.open(settings.queue());
            parts.add(new HomeportDaemon.Part("accounting queue", journal));
            Optional<CallDetailLog> log = settings.records().isEmpty()
                    ? Optional.empty()
                    : Optional.of(CallDetailLog.open(settings.records().get(), aaa.nas()));
            log.ifPresent(open -> parts.add(new HomeportDaemon.Part("call detail records", open)));
            AccountingExecutor thread = new AccountingExecutor();
            AtomicReference<SessionCloser> closer = new AtomicReference<>((session, reason) -> {});
            Accounting accounting = Accounting.start(
                    new Accounting.Settings(
                            ids, aaa.routes(), AccountingTerms.of(InterimTiming.of(settings.interim()))),
                    journal,
                    log,
                    sas.traffic(),
                    (session, reason) -> closer.get().close(session, reason),
                    sas.left(),
                    new AccountingSurroundings(aaa.sink(), thread, clock, random));
            parts.add(new HomeportDaemon.Part("accounting", () -> end(accounting, thread)));
            return new AccountingSide(
                    accounting,
                    new SessionAccounting(accounting, sas.traffic(), grants, ids, aaa.ofIdentity(), clock),
                    closer);
        } catch (JournalUnavailableException e) {
            throw new StartFailedException(e.sentence());
        } catch (IOException e) {
            throw new StartFailedException("accounting: " + e);
        }
    }

    private static void end(Accounting accounting, AccountingExecutor thread) throws Exception {
        try (thread) {
            accounting.end().toCompletableFuture().get(LONGEST_END_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** What is not delivered, by route. */
    List<Backlog> backlogs() {
        return accounting.backlogs();
    }

    /** The route by which an identity's AAA is found, whether or not it was asked. */
    static Function<String, Optional<String>> byRealm(RealmRoutes routes) {
        return identity -> {
            try {
                return routes.choose(Optional.of(Nai.of(Octets.utf8(identity)))) instanceof RouteChoice.Found found
                        ? Optional.of(found.route().name())
                        : Optional.empty();
            } catch (WireException e) {
                // A name in a certificate need not be one.
                return Optional.empty();
            }
        };
    }
}
