package org.homeport.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.core.session.TimerId;

/**
 * The timers of one shard: a binary heap in which every alarm knows its place, so that cancelling one costs as little as
 * setting it and nothing cancelled is kept. Alarms due at the same time ring in the order they were set.
 */
final class Alarms {
    private static final int NOT_SET = -1;

    private final List<Alarm> heap = new ArrayList<>();
    private long sequence;

    static final class Alarm {
        final RunningSession session;
        final TimerId timer;
        private final Instant due;
        private final long order;
        private int place = NOT_SET;

        private Alarm(RunningSession session, TimerId timer, Instant due, long order) {
            this.session = session;
            this.timer = timer;
            this.due = due;
            this.order = order;
        }

        private boolean before(Alarm other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime < 0 : order < other.order;
        }
    }

    Alarm set(RunningSession session, TimerId timer, Instant due) {
        Alarm alarm = new Alarm(session, timer, due, sequence++);
        heap.add(alarm);
        rise(alarm, heap.size() - 1);
        return alarm;
    }

    /** Idempotent; an alarm that rang is cancelled already. */
    void cancel(Alarm alarm) {
        int hole = alarm.place;
        if (hole == NOT_SET) {
            return;
        }
        alarm.place = NOT_SET;
        Alarm last = heap.removeLast();
        if (last != alarm) {
            sink(last, hole);
            rise(last, last.place);
        }
    }

    /** Takes out the first alarm that is due, if one is. */
    Optional<Alarm> ring(Instant now) {
        if (heap.isEmpty() || heap.getFirst().due.isAfter(now)) {
            return Optional.empty();
        }
        Alarm alarm = heap.getFirst();
        cancel(alarm);
        return Optional.of(alarm);
    }

    Optional<Instant> next() {
        return heap.isEmpty() ? Optional.empty() : Optional.of(heap.getFirst().due);
    }

    int size() {
        return heap.size();
    }

    private void rise(Alarm alarm, int from) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!alarm.before(heap.get(parent))) {
                break;
            }
            put(heap.get(parent), at);
            at = parent;
        }
        put(alarm, at);
    }

    private void sink(Alarm alarm, int from) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= heap.size()) {
                break;
            }
            if (child + 1 < heap.size() && heap.get(child + 1).before(heap.get(child))) {
                child++;
            }
            if (!heap.get(child).before(alarm)) {
                break;
            }
            put(heap.get(child), at);
            at = child;
        }
        put(alarm, at);
    }

    private void put(Alarm alarm, int at) {
        heap.set(at, alarm);
        alarm.place = at;
    }
}
