package org.homeport.lease;

import java.time.Duration;

/**
 * How leases are run.
 *
 * @param grace how long after a start the leases of the earlier run stay their owners', before they are released
 * @param history how long it is kept who had which address
 * @param waiting claims that may wait for the store; more are refused at once
 */
public record LeaseTerms(Duration grace, Duration history, int waiting) {
    /** An hour: longer than it takes a mobile node to notice that its home agent was restarted. */
    public static final LeaseTerms DEFAULT = new LeaseTerms(Duration.ofHours(1), Duration.ofDays(90), 4_096);

    public LeaseTerms withHistory(Duration other) {
        return new LeaseTerms(grace, other, waiting);
    }
}
