package org.homeport.aaa.accounting;

import java.time.Duration;

/**
 * Limits and times.
 *
 * @param recordLimit undelivered records of a route at most: at three quarters Interims are not queued any more, at the limit
 *     sessions that begin are not accounted to their AAA; a Stop is owed by whatever was started, and always queued
 * @param multiSessionGap how long after its end a session is continued by the next one with its home address
 * @param lastCounters how long the end waits for those of all sessions
 * @param lastDelivery how long it then waits for AAA
 */
public record AccountingTerms(
        InterimTiming interims,
        int recordLimit,
        Duration multiSessionGap,
        Duration lastCounters,
        Duration lastDelivery) {
    private static final int RECORD_LIMIT = 100_000;

    public static AccountingTerms of(InterimTiming interims) {
        return new AccountingTerms(
                interims, RECORD_LIMIT, Duration.ofMinutes(15), Duration.ofMillis(1_500), Duration.ofMillis(500));
    }
}
