package org.homeport.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a shard still has to do: many threads put in, one takes out. Newcomers, each of which costs a key agreement, wait
 * until everything else is done.
 */
final class Mailbox {
    enum Lane {
        /** Answers of backends and orders: never refused while the mailbox is open, for something hangs on each. */
        ANSWERS,
        /** Datagrams for sessions that exist; in one queue with the answers. */
        TRAFFIC,
        /** IKE_SA_INIT requests: taken last, refused first. */
        NEWCOMERS
    }

    enum Receipt {
        TAKEN,
        /** The lane is full. */
        FULL,
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Queue<Runnable> first = new ArrayDeque<>();
    private final Queue<Runnable> newcomers = new ArrayDeque<>();
    private final int mostFirst;
    private final int mostNewcomers;
    private boolean closed;

    /** @param mostFirst from which length on the first queue refuses TRAFFIC */
    Mailbox(int mostFirst, int mostNewcomers) {
        this.mostFirst = mostFirst;
        this.mostNewcomers = mostNewcomers;
    }

    Receipt offer(Lane lane, Runnable work) {
        lock.lock();
        try {
            if (closed) {
                return Receipt.CLOSED;
            }
            boolean full = switch (lane) {
                case ANSWERS -> false;
                case TRAFFIC -> first.size() >= mostFirst;
                case NEWCOMERS -> newcomers.size() >= mostNewcomers;
            };
            if (full) {
                return Receipt.FULL;
            }
            (lane == Lane.NEWCOMERS ? newcomers : first).add(work);
            filled.signal();
            return Receipt.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /** What is to be done next, if anything is. */
    Optional<Runnable> poll() {
        lock.lock();
        try {
            Runnable next = first.poll();
            return Optional.ofNullable(next != null ? next : newcomers.poll());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something to take, the mailbox is closed or the time is over. */
    void await(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (first.isEmpty() && newcomers.isEmpty() && !closed && nanos > 0) {
                nanos = filled.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; what is in can still be taken out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
