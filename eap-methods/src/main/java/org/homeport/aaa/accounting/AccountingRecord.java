package org.homeport.aaa.accounting;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Something that accounting tells: values of Acct-Status-Type (RFC 2866 section 5.1). */
public sealed interface AccountingRecord {
    /** Acct-Session-Id. */
    String id();

    /** Which AAA is to hear of it; empty: none, only the local log. */
    Optional<String> route();

    /** When it happened (Event-Timestamp, RFC 2869 section 5.3). */
    Instant at();

    /** The number for it. */
    int statusType();

    /** As the journal keeps times: a record says the same however often it is read back. */
    static Instant kept(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** About one session. */
    sealed interface OfSession extends AccountingRecord {
        AccountedSession session();

        @Override
        default String id() {
            return session().id();
        }

        @Override
        default Optional<String> route() {
            return Optional.of(session().route());
        }
    }

    /** With counters: an Interim has what a Stop has, but for the cause (RFC 2869 section 2.1, RFC 5080 section 2.3.1). */
    sealed interface Counted extends OfSession {
        Usage usage();

        /** Acct-Session-Time. */
        default Duration sessionTime() {
            return Duration.between(session().began(), at());
        }
    }

    /** Accounting-On: we start, no session is open. @param id of this run */
    record On(String id, Optional<String> route, Instant at) implements AccountingRecord {
        public On {
            at = kept(at);
        }

        @Override
        public int statusType() {
            return 7;
        }
    }

    /** Accounting-Off: we stop, no session is open. @param id of this run */
    record Off(String id, Optional<String> route, Instant at) implements AccountingRecord {
        public Off {
            at = kept(at);
        }

        @Override
        public int statusType() {
            return 8;
        }
    }

    record Start(AccountedSession session, Instant at) implements OfSession {
        public Start {
            at = kept(at);
        }

        @Override
        public int statusType() {
            return 1;
        }
    }

    record Interim(AccountedSession session, Instant at, Usage usage) implements Counted {
        public Interim {
            at = kept(at);
        }

        @Override
        public int statusType() {
            return 3;
        }
    }

    record Stop(AccountedSession session, Instant at, Usage usage, TerminateCause cause) implements Counted {
        public Stop {
            at = kept(at);
        }

        @Override
        public int statusType() {
            return 2;
        }
    }
}
