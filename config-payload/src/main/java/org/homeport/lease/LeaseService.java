package org.homeport.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.homeport.core.address.Lease;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.address.LeaseRequest;
import org.homeport.core.port.LeasePort;
import org.homeport.lease.LeaseWork.Claiming;
import org.homeport.lease.LeaseWork.Ending;
import org.homeport.lease.LeaseWork.Forgetting;
import org.homeport.lease.LeaseWork.Reclaiming;
import org.homeport.lease.LeaseWork.Releasing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers sessions from the store, in the order asked. One platform thread does all writing (the store has one writer
 * anyway, and native calls would pin a virtual thread): whatever waits when it comes round goes into one transaction,
 * so that a wait for the disk is shared by many sessions.
 */
public final class LeaseService implements LeasePort, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseService.class);
    private static final String ENDED = "the lease service has ended";
    private static final int BATCH = 64;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration PARTING = Duration.ofSeconds(3);
    private static final Duration BETWEEN_FORGETTING = Duration.ofMinutes(1);

    private final LeaseStore store;
    private final LeasePlanner planner;
    private final LeaseTerms terms;
    private final InstantSource clock;
    private final LinkedBlockingQueue<LeaseWork> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger claimsWaiting = new AtomicInteger();
    private final ReentrantLock door = new ReentrantLock();
    private final Thread lane;
    /** For whoever only looks, beside the lane: claims do not wait for that. */
    private final ExecutorService looking = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("homeport-lease-look").daemon().factory());

    private volatile boolean closed;

    // The lane's own.
    private final Deque<LeaseWork> again = new ArrayDeque<>();
    private Instant reclaimAt;
    private Instant forgetAt;
    private boolean failing;

    private LeaseService(LeaseStore store, LeasePlanner planner, LeaseTerms terms, InstantSource clock) {
        this.store = store;
        this.planner = planner;
        this.terms = terms;
        this.clock = clock;
        this.reclaimAt = clock.instant().plus(terms.grace());
        this.forgetAt = clock.instant().plus(BETWEEN_FORGETTING);
        this.lane = Thread.ofPlatform().name("homeport-lease").daemon().unstarted(this::run);
    }

    /**
     * Begins to work.
     *
     * @param store stays the caller's to close, after the service
     */
    public static LeaseService start(LeaseStore store, LeasePlanner planner, LeaseTerms terms, InstantSource clock) {
        LeaseService service = new LeaseService(store, planner, terms, clock);
        service.lane.start();
        return service;
    }

    @Override
    public void claim(LeaseRequest request, Consumer<LeaseOutcome> answer) {
        String refusal = admit(new Claiming(request, planner, answer));
        if (!refusal.isEmpty()) {
            answer.accept(new LeaseOutcome.Unavailable(refusal));
        }
    }

    /** @return why not; empty if it was let in */
    private String admit(Claiming claiming) {
        door.lock();
        try {
            if (closed) {
                return ENDED;
            }
            if (claimsWaiting.get() >= terms.waiting()) {
                return terms.waiting() + " lease requests are waiting for the store already";
            }
            claimsWaiting.incrementAndGet();
            queue.add(claiming);
            return "";
        } finally {
            door.unlock();
        }
    }

    @Override
    public void release(Lease lease) {
        LeaseId.parse(lease.id())
                .ifPresentOrElse(
                        id -> enqueueOrWarn(new Releasing(id)),
                        () -> LOG.error("'{}' is not the id of a lease: {} is not released", lease.id(), lease));
    }

    /** Releases what was left over from an earlier run, where the grace is over; happens by itself once. */
    public void reconcile() {
        enqueueOrWarn(new Reclaiming(clock.instant().minus(terms.grace())));
    }

    /**
     * Looks at the store, on a thread of this service.
     *
     * @return fails with {@link StoreUnavailableException}
     */
    public <T> CompletableFuture<T> look(LeaseStore.Reading<T> reading) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            looking.execute(() -> {
                try {
                    answer.complete(store.read(reading));
                } catch (StoreUnavailableException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new StoreUnavailableException(ENDED, e));
        }
        return answer;
    }

    /**
     * Ends a lease at an operator's word, unless a session of a running engine holds it: the address is nobody's then.
     *
     * @param lease as it was seen
     * @return fails with {@link StoreUnavailableException}
     */
    public CompletableFuture<EndOutcome> end(StoredLease lease) {
        Ending ending = new Ending(lease.address(), lease.id(), new CompletableFuture<>());
        if (!enqueue(ending)) {
            failed(ending, ENDED);
        }
        return ending.answer();
    }

    /** How leases are run here. */
    public LeaseTerms terms() {
        return terms;
    }

    private void enqueueOrWarn(LeaseWork work) {
        if (!enqueue(work)) {
            LOG.warn("{}: {} waits for the next start", ENDED, work);
        }
    }

    /** @return whether it will be done */
    private boolean enqueue(LeaseWork work) {
        door.lock();
        try {
            if (closed) {
                return false;
            }
            queue.add(work);
            return true;
        } finally {
            door.unlock();
        }
    }

    private void run() {
        boolean last;
        do {
            last = closed;
            List<LeaseWork> batch = next();
            if (!batch.isEmpty()) {
                carryOut(batch);
            }
        } while (!last || !queue.isEmpty());
        again.forEach(work -> LOG.warn("{} waits for the next start", work));
    }

    private List<LeaseWork> next() {
        List<LeaseWork> batch = new ArrayList<>(again);
        again.clear();
        try {
            LeaseWork first = closed ? queue.poll() : queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
            }
        } catch (InterruptedException e) {
            LOG.debug("told to end", e);
        }
        batch.stream().filter(Claiming.class::isInstance).forEach(claim -> claimsWaiting.decrementAndGet());
        Instant now = clock.instant();
        if (!now.isBefore(reclaimAt)) {
            reclaimAt = Instant.MAX;
            batch.add(new Reclaiming(now.minus(terms.grace())));
        }
        if (!now.isBefore(forgetAt)) {
            forgetAt = now.plus(BETWEEN_FORGETTING);
            batch.add(new Forgetting(now.minus(terms.history())));
        }
        return batch;
    }

    private void carryOut(List<LeaseWork> batch) {
        try {
            Instant now = clock.instant();
            List<Runnable> news = store.write(table -> {
                List<Runnable> told = new ArrayList<>();
                for (LeaseWork work : batch) {
                    told.add(work.apply(table, now));
                }
                return told;
            });
            if (failing) {
                failing = false;
                LOG.info("the lease store works again");
            }
            news.forEach(LeaseService::tell);
        } catch (StoreUnavailableException e) {
            if (!failing) {
                failing = true;
                LOG.warn("no leases for now: {}", e.sentence());
            }
            batch.forEach(work -> failed(work, e.sentence()));
        } catch (RuntimeException e) {
            apart(batch, e);
        }
    }

    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.error("the answer of the lease store was not taken", e);
        }
    }

    private void failed(LeaseWork work, String reason) {
        switch (work) {
            case Claiming claiming -> tell(() -> claiming.answer().accept(new LeaseOutcome.Unavailable(reason)));
            case Releasing releasing -> again.add(releasing);
            case Reclaiming reclaiming -> again.add(reclaiming);
            case Ending ending ->
                tell(() -> ending.answer().completeExceptionally(new StoreUnavailableException(reason)));
            case Forgetting forgetting -> LOG.debug("{} comes round again", forgetting);
        }
    }

    /** A mistake of ours in one piece of work must not cost the others their answers. */
    private void apart(List<LeaseWork> batch, RuntimeException mistake) {
        if (batch.size() > 1) {
            batch.forEach(work -> carryOut(List.of(work)));
            return;
        }
        LOG.error("a mistake of ours in {}", batch, mistake);
        batch.stream()
                .filter(work -> work instanceof Claiming || work instanceof Ending)
                .forEach(work -> failed(work, "internal error, see the log"));
    }

    /** What was asked before is answered; gives the store a moment to do so. */
    @Override
    public void close() {
        door.lock();
        try {
            closed = true;
        } finally {
            door.unlock();
        }
        looking.shutdown();
        lane.interrupt();
        try {
            if (!lane.join(PARTING)) {
                LOG.warn("the lease store has not answered for {}: leaving it", PARTING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
