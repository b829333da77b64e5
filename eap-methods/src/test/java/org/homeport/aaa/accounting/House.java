package org.homeport.aaa.accounting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.accounting.sqlite.SqliteJournal;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;

/** An engine's accounting in virtual time: started, killed, started again with the same files. */
final class House implements TrafficSource {
    static final String RED = "red.example";
    static final String BLUE = "blue.example";

    final VirtualTime time = new VirtualTime();
    final FakeAaa aaa = new FakeAaa(time);
    final Map<String, Usage> usage = new HashMap<>();
    final Map<String, Usage> left = new HashMap<>();
    final List<String> idle = new ArrayList<>();
    final Path queue;
    final Path cdr;
    AccountingTerms terms = AccountingTerms.of(InterimTiming.of(Duration.ofMinutes(10)));
    Optional<SqliteJournal> journal = Optional.empty();
    private Optional<Journal> current = Optional.empty();
    private Optional<CallDetailLog> log = Optional.empty();
    private Optional<VirtualTime.Thread> thread = Optional.empty();
    private Optional<Accounting> accounting = Optional.empty();
    private int runs;
    private int sessions;

    House(Path directory) {
        queue = directory.resolve("accounting.db");
        cdr = directory.resolve("cdr.jsonl");
    }

    Accounting start() throws Exception {
        nextRun();
        journal = Optional.of(SqliteJournal.open(queue));
        return start(journal.get());
    }

    void nextRun() {
        runs++;
    }

    Accounting start(Journal journal) throws Exception {
        current = Optional.of(journal);
        VirtualTime.Thread own = time.thread();
        thread = Optional.of(own);
        log = Optional.of(CallDetailLog.open(cdr, "ha.example.org"));
        Accounting started = Accounting.start(
                new Accounting.Settings(new AccountingIds("run" + runs), Set.of(RED, BLUE), terms),
                journal,
                log,
                this,
                (session, reason) -> idle.add(session),
                left,
                new AccountingSurroundings(aaa, own, time, RandomSource.of(new Random(runs))));
        accounting = Optional.of(started);
        return started;
    }

    Accounting accounting() {
        return accounting.orElseThrow();
    }

    /** As by kill -9: nothing more happens, files stay as they are. */
    void kill() throws IOException {
        thread.orElseThrow().kill();
        release();
    }

    private void release() throws IOException {
        current.ifPresent(Journal::close);
        log.orElseThrow().close();
    }

    /** In order, as on SIGTERM. */
    void end() throws IOException {
        CompletableFuture<Void> ended = accounting().end().toCompletableFuture();
        time.advance(Duration.ofSeconds(3));
        ended.join();
        kill();
    }

    /** @return its Acct-Session-Id */
    String open(String session, String route, String user, String homeAddress) {
        return open(session, route, user, homeAddress, Optional.empty());
    }

    String open(String session, String route, String user, String homeAddress, Optional<Duration> idleTimeout) {
        String id = idOf(session);
        accounting()
                .opened(new SessionOpening(
                        session,
                        facts(id, route, user, homeAddress),
                        List.of("sa-" + id),
                        Optional.empty(),
                        idleTimeout));
        return id;
    }

    /** Any session. */
    String open(String route) {
        sessions++;
        return open("s" + sessions, route, "u" + sessions + "@" + route, "2001:db8:100::" + sessions);
    }

    String idOf(String session) {
        return "run" + runs + "-" + session;
    }

    Endpoint elsewhere(int number) {
        return new Endpoint(IpAddress.parse("2001:db8:88::" + number), 500);
    }

    String lastSession() {
        return "s" + sessions;
    }

    AccountedSession facts(String id, String route, String user, String homeAddress) {
        return new AccountedSession(
                id,
                id,
                route,
                user,
                Authentic.RADIUS,
                List.of(Octets.utf8("class of " + user), Octets.of(0, 255)),
                Optional.of(Octets.utf8("cui")),
                List.of(IpAddress.parse(homeAddress)),
                List.of(IpPrefix.parse("2001:db8:100::/64")),
                new Endpoint(IpAddress.parse("2001:db8:77::2"), 4500),
                IpAddress.parse("2001:db8:2::1"),
                time.instant());
    }

    void use(String session, long octets) {
        usage.merge(session, new Usage(octets, 1, 2 * octets, 2), Usage::plus);
    }

    @Override
    public CompletionStage<Reading> soFar(String session) {
        Usage total = usage.getOrDefault(session, Usage.NONE);
        return CompletableFuture.completedFuture(new Reading(total, Usage.NONE, List.of("sa-" + idOf(session))));
    }

    @Override
    public CompletionStage<Reading> last(String session) {
        return soFar(session);
    }

    List<String> cdrLines() throws IOException {
        return Files.readAllLines(cdr);
    }
}
