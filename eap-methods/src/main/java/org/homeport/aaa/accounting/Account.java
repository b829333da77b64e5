package org.homeport.aaa.accounting;

import java.time.Instant;
import java.util.Optional;

/** What accounting knows of one open session. Touched by the accounting thread only. */
final class Account {
    final SessionOpening opening;
    final Optional<IdleWatch> idle;
    AccountedSession facts;
    Reading reading;
    /** When the reading was taken; never goes back, whatever the clock does. */
    Instant seen;

    boolean closing;
    AccountingThread.Timer interim = () -> {};
    AccountingThread.Timer idleCheck = () -> {};

    Account(SessionOpening opening, AccountedSession facts) {
        this.opening = opening;
        this.facts = facts;
        this.reading = new Reading(Usage.NONE, Usage.NONE, opening.running());
        this.seen = facts.began();
        this.idle = opening.idleTimeout().map(timeout -> new IdleWatch(timeout, facts.began()));
    }

    void take(Reading next, Instant at) {
        reading = new Reading(reading.total().max(next.total()), next.settled(), next.running());
        Instant taken = AccountingRecord.kept(at);
        seen = taken.isAfter(seen) ? taken : seen;
    }
}
