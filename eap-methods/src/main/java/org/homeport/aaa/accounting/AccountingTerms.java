package org.homeport.aaa.accounting;

import java.time.Duration;

/**
 * Limits and times.
 *
 * @param recordLimit undelivered records at most: at three quarters Interims are not queued any more, at the limit
 *     sessions that begin are not accounted to their AAA; a Stop is owed by whatever was started, and always queued
 * @param multiSessionGap how long after its end a session is continued by the next one with its home address
 * @param closingPatience how long the end waits for sessions' last counters, and then for AAA
 */
public record AccountingTerms(
        InterimTiming interims, int recordLimit, Duration multiSessionGap, Duration closingPatience) {
    private static final int RECORD_LIMIT = 100_000;

    public static AccountingTerms of(InterimTiming interims) {
        return new AccountingTerms(interims, RECORD_LIMIT, Duration.ofMinutes(15), Duration.ofMillis(700));
    }
}
