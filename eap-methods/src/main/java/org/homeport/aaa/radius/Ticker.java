package org.homeport.aaa.radius;

import java.time.Duration;

/** Time and timers of the client's one thread. */
interface Ticker {
    /** Of no meaning by itself, as {@link System#nanoTime}. */
    long nanos();

    Alarm after(Duration delay, Runnable action);

    /** A timer that runs. */
    interface Alarm {
        /** Idempotent. */
        void cancel();
    }
}
