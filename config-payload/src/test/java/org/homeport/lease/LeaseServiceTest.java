package org.homeport.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.lease.Requests.by;
import static org.homeport.lease.Requests.ip;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.homeport.core.address.Lease;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.address.LeaseOutcome.Granted;
import org.homeport.core.address.LeaseOutcome.None;
import org.homeport.core.address.LeaseOutcome.Unavailable;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.RandomSource;
import org.homeport.lease.sqlite.SqliteLeaseStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LeaseServiceTest {
    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
    private static final Pools POOLS = Pools.of(
            List.of(
                    PoolDefinition.of("home6", IpPrefix.parse("2001:db8:1::/64"))
                            .withRanges(AddressRange.parse("2001:db8:1::10-2001:db8:1::1f"))
                            .withDns(ip("2001:db8::53")),
                    PoolDefinition.of("home4", IpPrefix.parse("10.1.0.0/29"))),
            Set.of(ip("10.1.0.1")));

    @TempDir
    private Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(T0);
    private final ListAppender<ILoggingEvent> audit = new ListAppender<>();
    private LeaseStore store;
    private LeaseService service;

    @BeforeEach
    void start() throws StoreUnavailableException {
        audit.start();
        auditLogger().setLevel(Level.INFO);
        auditLogger().setAdditive(false);
        auditLogger().addAppender(audit);
        store = SqliteLeaseStore.open(directory.resolve("leases.db"), "ha1", T0);
        service = service(store, LeaseTerms.DEFAULT);
    }

    @AfterEach
    void stop() {
        service.close();
        store.close();
        auditLogger().detachAppender(audit);
    }

    private static Logger auditLogger() {
        return (Logger) LoggerFactory.getLogger("org.homeport.audit.lease");
    }

    private LeaseService service(LeaseStore on, LeaseTerms terms) {
        return LeaseService.start(
                on, new LeasePlanner(POOLS, Duration.ZERO, RandomSource.of(new Random(5))), terms, now::get);
    }

    @Test
    void grantsTheHomePrefixsLengthAndThePoolsNameServers() {
        Lease lease = granted(by("mn1"));

        assertThat(lease.prefix()).isEqualTo(IpPrefix.parse("2001:db8:1::/64"));
        assertThat(lease.prefix().contains(lease.address())).isTrue();
        assertThat(lease.dns()).containsExactly(ip("2001:db8::53"));
        assertThat(lease.pool()).isEqualTo("home6");
    }

    @Test
    void oneAddressPerFamilyHoweverManyAreAsked() throws Exception {
        Requests greedy = by("mn1").from("home6", "home4");
        for (int i = 0; i < 500; i++) {
            greedy = greedy.wanting(Family.IPV6, Family.IPV4);
        }
        assertThat(ask(greedy))
                .isInstanceOfSatisfying(
                        Granted.class,
                        granted -> assertThat(granted.leases())
                                .extracting(lease -> lease.address().isV6())
                                .containsExactly(true, false));
        assertThat(queries().all()).hasSize(2);
    }

    @Test
    void oneFamilyIsEnough() {
        assertThat(ask(by("mn1").from("home4").wanting(Family.IPV6, Family.IPV4)))
                .isInstanceOfSatisfying(
                        Granted.class, granted -> assertThat(granted.leases()).hasSize(1));
    }

    @Test
    void exhaustionIsToldInFigures() throws Exception {
        for (int i = 0; i < 16; i++) {
            granted(by("mn" + i));
        }
        assertThat(ask(by("late"))).isEqualTo(new None("pool home6 exhausted: 16 of 16 addresses in use"));
        assertThat(queries().find("late")).isEmpty();
        assertThat(granted(by("mn3"))).isEqualTo(granted(by("mn3")));
        assertThat(queries().use())
                .containsExactly(
                        new LeaseQueries.PoolUse("home6", BigInteger.valueOf(16), 16, 0),
                        new LeaseQueries.PoolUse("home4", BigInteger.valueOf(5), 0, 0));
        assertThat(queries().use().getFirst().free()).isZero();
    }

    @Test
    void afterReleaseTheSameIdentityGetsTheSameAddressUntilOthersNeedIt() {
        Lease first = granted(by("mn1"));
        service.release(first);
        for (int i = 0; i < 15; i++) {
            assertThat(granted(by("other" + i)).address()).isNotEqualTo(first.address());
        }
        Lease again = granted(by("mn1").in("s2"));
        assertThat(again.address()).isEqualTo(first.address());
        assertThat(ask(by("late"))).isInstanceOf(None.class);
        service.release(again);
        assertThat(granted(by("late")).address()).isEqualTo(first.address());
        assertThat(ask(by("mn1"))).isInstanceOf(None.class);
    }

    @Test
    void anOlderSessionsReleaseDoesNotTouchTheNewerSessionsLease() throws Exception {
        Lease older = granted(by("mn1").in("s1"));
        Lease newer = granted(by("mn1").in("s2"));
        assertThat(newer.address()).isEqualTo(older.address());
        assertThat(newer.id()).isNotEqualTo(older.id());

        service.release(older);
        service.release(older);
        granted(by("fence"));
        assertThat(queries().find(older.address())).get().matches(StoredLease::isHeld);

        service.release(newer);
        granted(by("fence"));
        assertThat(queries().find(older.address())).get().matches(lease -> !lease.isHeld());
    }

    @Test
    void theAuditLineSaysWhoWhatWhereFromWhenAndByWhoseAuthority() {
        Lease lease = granted(by("mn1@example.org\n").in("s7").assigned("2001:db8:1::77"));
        now.set(T0.plusSeconds(60));
        service.release(lease);
        ask(by("nobody").from("nowhere"));

        assertThat(audit.list)
                .extracting(ILoggingEvent::getMessage)
                .containsExactly("lease.granted", "lease.released", "lease.refused");
        assertThat(fields(0))
                .containsEntry("session", "s7")
                .containsEntry("identity", "mn1@example.org\\u000a")
                .containsEntry("ike-identity", "claimed@example.org")
                .containsEntry("address", "2001:db8:1::77")
                .containsEntry("care-of", "[2001:db8:f::7]:4500")
                .containsEntry("granted-at", "2026-11-23T10:00:00Z")
                .containsEntry("authority", "AAA")
                .containsEntry("change", "new");
        assertThat(fields(1)).containsEntry("lease", lease.id()).containsEntry("cause", "session_ended");
        assertThat(fields(2))
                .containsEntry("why", "no IPV6 pool for [nowhere]")
                .containsEntry("rfc", "RFC 7296 3.15.4");
        assertThat(audit.list.get(2).getLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void operatorEndsARestingLeaseAndNotAHeldOne() throws Exception {
        Lease lease = granted(by("mn1").in("s1"));
        StoredLease held = look(lease.address()).orElseThrow();
        assertThat(service.end(held).get(5, TimeUnit.SECONDS)).isEqualTo(new EndOutcome.Held(held));

        now.set(T0.plusSeconds(60));
        service.release(lease);
        granted(by("fence"));
        StoredLease resting = look(lease.address()).orElseThrow();
        assertThat(service.end(resting).get(5, TimeUnit.SECONDS)).isEqualTo(new EndOutcome.Ended(resting));
        assertThat(look(lease.address())).isEmpty();
        assertThat(service.end(resting).get(5, TimeUnit.SECONDS)).isEqualTo(new EndOutcome.Changed(Optional.empty()));

        assertThat(audit.list).extracting(ILoggingEvent::getMessage).last().isEqualTo("lease.ended");
        assertThat(fields(audit.list.size() - 1))
                .containsEntry("identity", "mn1")
                .containsEntry("address", lease.address().toString())
                .containsEntry("released-at", "2026-11-23T10:01:00Z")
                .containsEntry("authority", "operator")
                .containsEntry("cause", "ordered");
    }

    @Test
    void whatARunLeftOverIsEndedAtAnOperatorsWord() throws Exception {
        Lease left = granted(by("mn1"));
        stop();
        start();
        StoredLease stored = look(left.address()).orElseThrow();
        assertThat(service.end(stored).get(5, TimeUnit.SECONDS)).isEqualTo(new EndOutcome.Ended(stored));
        assertThat(look(left.address())).isEmpty();
        assertThat(audit.list)
                .extracting(ILoggingEvent::getMessage)
                .containsExactly("lease.granted", "lease.released", "lease.ended");
    }

    @Test
    void auditTellsWhoLostAnAddressToSomebodyElse() {
        for (int i = 0; i < 16; i++) {
            service.release(granted(by("mn" + i)));
        }
        granted(by("late"));
        assertThat(audit.list.stream().map(ILoggingEvent::getMessage).toList().subList(32, 34))
                .containsExactly("lease.ended", "lease.granted");
        assertThat(fields(32))
                .containsEntry("identity", "mn0")
                .containsEntry("cause", "reassigned")
                .containsEntry("authority", "pool home6");
        assertThat(fields(33)).containsEntry("identity", "late").containsEntry("change", "reassigned");
    }

    @Test
    void auditNamesTheSessionThatWasTakenOver() {
        granted(by("mn1").in("s1"));
        granted(by("mn1").in("s2"));
        assertThat(fields(1))
                .containsEntry("change", "taken_over")
                .containsEntry("session", "s2")
                .containsEntry("former-session", "s1")
                .containsEntry("former-care-of", "[2001:db8:f::7]:4500");
    }

    @Test
    void historyIsShortenedAsTimeGoesBy() throws Exception {
        service.release(granted(by("mn1")));
        granted(by("fence"));
        assertThat(service.look(view -> view.holdersAt(T0, Optional.empty())).get(5, TimeUnit.SECONDS))
                .hasSize(1);
        service.close();
        now.set(T0.plusSeconds(1));
        try (LeaseService brief = service(store, LeaseTerms.DEFAULT.withHistory(Duration.ofMinutes(1)))) {
            Lease lease = granted(ask(brief, by("mn2")).get(5, TimeUnit.SECONDS));
            brief.release(lease);
            ask(brief, by("fence").in("between")).get(5, TimeUnit.SECONDS);
            now.set(T0.plusSeconds(120));
            ask(brief, by("fence").in("other")).get(5, TimeUnit.SECONDS);
            assertThat(brief.look(view -> view.holdersAt(T0.plusSeconds(1), Optional.of(lease.address())))
                            .get(5, TimeUnit.SECONDS))
                    .isEmpty();
            // Who still has an address is known however long ago it was granted.
            assertThat(brief.look(view -> view.holdersAt(T0.plusSeconds(120), Optional.empty()))
                            .get(5, TimeUnit.SECONDS))
                    .hasSize(1);
        }
    }

    private Optional<StoredLease> look(IpAddress address) throws Exception {
        return service.look(view -> view.at(address)).get(5, TimeUnit.SECONDS);
    }

    @Test
    void whatARunLeftOverIsReleasedOnceTheGraceIsOver() throws Exception {
        Lease left = granted(by("mn1"));
        Lease back = granted(by("mn2"));
        stop();
        start();
        assertThat(granted(by("mn2").in("new")).address()).isEqualTo(back.address());

        now.set(T0.plus(LeaseTerms.DEFAULT.grace()).minusMillis(1));
        service.reconcile();
        granted(by("fence"));
        assertThat(queries().find(left.address())).get().matches(StoredLease::isHeld);

        now.set(T0.plus(LeaseTerms.DEFAULT.grace()));
        granted(by("fence"));
        assertThat(queries().find(left.address())).get().matches(lease -> !lease.isHeld());
        assertThat(queries().find(back.address())).get().matches(StoredLease::isHeld);
        service.close();
        assertThat(audit.list)
                .anySatisfy(
                        event -> assertThat(event.getKeyValuePairs().toString()).contains("owner_did_not_return"));
    }

    @Test
    void moreThanMayWaitAreRefusedAtOnceAndTheOthersAnswered() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        LeaseStore slow = new Interposed(store, () -> {
            entered.countDown();
            await(gate);
        });
        try (LeaseService narrow = service(slow, new LeaseTerms(Duration.ofHours(1), Duration.ofDays(90), 3))) {
            List<CompletableFuture<LeaseOutcome>> answers = new ArrayList<>();
            answers.add(ask(narrow, by("mn0")));
            await(entered);
            for (int i = 1; i <= 4; i++) {
                answers.add(ask(narrow, by("mn" + i)));
            }
            assertThat(answers.get(4))
                    .isCompletedWithValue(new Unavailable("3 lease requests are waiting for the store already"));
            assertThat(answers.get(3)).isNotDone();
            gate.countDown();
            for (int i = 0; i <= 3; i++) {
                assertThat(answers.get(i).get(5, TimeUnit.SECONDS)).isInstanceOf(Granted.class);
            }
        }
    }

    @Test
    void anUnavailableStoreIsSaidAndAReleaseIsDoneLater() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        LeaseStore unsteady = new Interposed(store, () -> {
            if (failures.getAndDecrement() > 0) {
                throw new StoreUnavailableException("disk on fire");
            }
        });
        try (LeaseService unlucky = service(unsteady, LeaseTerms.DEFAULT)) {
            Lease lease = granted(ask(unlucky, by("mn1")).get(5, TimeUnit.SECONDS));
            failures.set(1);
            assertThat(ask(unlucky, by("mn2")).get(5, TimeUnit.SECONDS)).isEqualTo(new Unavailable("disk on fire"));
            failures.set(1);
            unlucky.release(lease);
            ask(unlucky, by("mn3")).get(5, TimeUnit.SECONDS);
            ask(unlucky, by("mn4")).get(5, TimeUnit.SECONDS);
            assertThat(queries().find(lease.address())).get().matches(stored -> !stored.isHeld());
        }
    }

    @Test
    void aMistakeInOneRequestDoesNotCostTheOthersTheirAnswers() throws Exception {
        RandomSource poisoned = bytes -> {
            throw new IllegalStateException("poisoned");
        };
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        LeaseStore slow = new Interposed(store, () -> {
            entered.countDown();
            await(gate);
        });
        try (LeaseService mixed = LeaseService.start(
                slow, new LeasePlanner(POOLS, Duration.ZERO, poisoned), LeaseTerms.DEFAULT, now::get)) {
            CompletableFuture<LeaseOutcome> first = ask(mixed, by("a").proposing("::11"));
            await(entered);
            CompletableFuture<LeaseOutcome> bad = ask(mixed, by("b"));
            CompletableFuture<LeaseOutcome> good = ask(mixed, by("c").proposing("::12"));
            gate.countDown();
            assertThat(first.get(5, TimeUnit.SECONDS)).isInstanceOf(Granted.class);
            assertThat(bad.get(5, TimeUnit.SECONDS)).isEqualTo(new Unavailable("internal error, see the log"));
            assertThat(good.get(5, TimeUnit.SECONDS)).isInstanceOf(Granted.class);
        }
    }

    @Test
    void afterTheEndEveryQuestionIsStillAnswered() {
        service.close();
        assertThat(ask(by("mn1"))).isEqualTo(new Unavailable("the lease service has ended"));
    }

    /** Two engines on one file, four threads each, few addresses, seeded: claims, releases and take-overs race. */
    @Test
    void noAddressEverHasTwoOwners() throws Exception {
        try (LeaseStore otherStore = SqliteLeaseStore.open(directory.resolve("leases.db"), "ha2", T0);
                LeaseService other = service(otherStore, LeaseTerms.DEFAULT)) {
            List<LeaseService> engines = List.of(service, other);
            Map<IpAddress, String> holders = new HashMap<>();
            List<String> clashes = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int seed = t;
                threads.add(Thread.ofPlatform().start(() -> race(engines.get(seed % 2), seed, holders, clashes)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(clashes).isEmpty();
            Map<String, Long> heldPerOwner = queries().all().stream()
                    .filter(StoredLease::isHeld)
                    .collect(Collectors.groupingBy(StoredLease::owner, Collectors.counting()));
            assertThat(heldPerOwner.values()).allMatch(Predicate.isEqual(1L));
        }
    }

    private static void race(LeaseService engine, int seed, Map<IpAddress, String> holders, List<String> clashes) {
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            String identity = "mn" + seed + "-" + random.nextInt(4);
            if (!(ask(engine, by(identity).in(seed + "." + i)).join() instanceof Granted(List<Lease> leases))) {
                continue;
            }
            synchronized (holders) {
                String holder = holders.put(leases.getFirst().address(), identity);
                if (holder != null && !holder.equals(identity)) {
                    clashes.add(leases.getFirst().address() + " went to " + identity + " while " + holder + " had it");
                }
            }
            if (random.nextInt(3) > 0) {
                synchronized (holders) {
                    holders.remove(leases.getFirst().address());
                }
                engine.release(leases.getFirst());
            }
        }
    }

    private Map<String, String> fields(int line) {
        return audit.list.get(line).getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
    }

    private LeaseQueries queries() {
        return new LeaseQueries(store, POOLS);
    }

    private Lease granted(Requests request) {
        return granted(ask(request));
    }

    private static Lease granted(LeaseOutcome outcome) {
        assertThat(outcome).isInstanceOf(Granted.class);
        return ((Granted) outcome).leases().getFirst();
    }

    private LeaseOutcome ask(Requests request) {
        return ask(service, request).orTimeout(5, TimeUnit.SECONDS).join();
    }

    private static CompletableFuture<LeaseOutcome> ask(LeaseService of, Requests request) {
        CompletableFuture<LeaseOutcome> answer = new CompletableFuture<>();
        of.claim(
                request.request(),
                outcome -> assertThat(answer.complete(outcome)).isTrue());
        return answer;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A store with something in the way of each write. */
    private record Interposed(LeaseStore store, Obstacle obstacle) implements LeaseStore {
        interface Obstacle {
            void pass() throws StoreUnavailableException;
        }

        @Override
        public <T> T read(Reading<T> reading) throws StoreUnavailableException {
            return store.read(reading);
        }

        @Override
        public <T> T write(Writing<T> writing) throws StoreUnavailableException {
            obstacle.pass();
            return store.write(writing);
        }

        @Override
        public void close() {}
    }
}
