package org.homeport.aaa.accounting;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A platform thread of its own. */
public final class AccountingExecutor implements AccountingThread, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.accounting");

    private static final int CLOSING_SECONDS = 2;

    private final ScheduledThreadPoolExecutor executor;

    public AccountingExecutor() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("accounting").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable step) {
        try {
            executor.execute(() -> guarded(step));
        } catch (RejectedExecutionException e) {
            LOG.trace("after the end", e);
        }
    }

    @Override
    public Timer after(Duration delay, Runnable step) {
        try {
            ScheduledFuture<?> future = executor.schedule(() -> guarded(step), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.trace("after the end", e);
            return () -> {};
        }
    }

    /** A mistake of ours in one step is not the end of accounting. */
    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("event", "accounting.bug").setCause(e).log();
        }
    }

    /** Carries out what was given to be done at once, for some seconds; timers end. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
