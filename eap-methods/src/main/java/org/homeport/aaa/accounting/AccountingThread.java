package org.homeport.aaa.accounting;

import java.time.Duration;

/** Where accounting runs: one step at a time, in order; nobody else's thread ever waits for its disk. */
public interface AccountingThread {
    /** From any thread. After the end it does nothing. */
    void execute(Runnable step);

    /** As {@link #execute}, later. */
    Timer after(Duration delay, Runnable step);

    /** Something that is to happen. */
    interface Timer {
        /** It does not happen, unless it has. */
        void cancel();
    }
}
