package org.homeport.core.endpoint;

import java.time.Instant;

/**
 * How many messages may still be sent within this second. "A node needs to limit the rate at which it will send
 * messages in response to unprotected messages" (RFC 7296 section 2.21.4). Safe for several threads.
 */
public final class AnswerBudget {
    private final int perSecond;
    private long second = Long.MIN_VALUE;
    private int left;

    /**
     * A full budget.
     *
     * @param perSecond 0 for none at all
     */
    public AnswerBudget(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Whether one more message may be sent; if so it is counted. */
    public synchronized boolean take(Instant now) {
        if (now.getEpochSecond() != second) {
            second = now.getEpochSecond();
            left = perSecond;
        }
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
