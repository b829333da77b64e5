package org.homeport.aaa.accounting;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What of accounting survives the process: open sessions, and records that somebody has not got yet. */
public interface Journal extends AutoCloseable {
    /** All steps or none; on stable storage when it returns. */
    void write(List<Step> steps) throws JournalUnavailableException;

    /** In the order in which they were written. */
    List<OwedRecord> owed() throws JournalUnavailableException;

    List<KeptSession> sessions() throws JournalUnavailableException;

    @Override
    void close();

    /** Who gets records. */
    enum Creditor {
        /** The AAA of the session's realm. */
        AAA,
        /** The local log of call detail records. */
        CDR
    }

    /**
     * A record that is not delivered to everybody yet.
     *
     * @param number ascending in the order of writing
     */
    record OwedRecord(long number, AccountingRecord record, Set<Creditor> owedTo) {
        public OwedRecord {
            owedTo = Set.copyOf(owedTo);
        }
    }

    /**
     * A session that is open, or ended so recently that the next one may continue it.
     *
     * @param seen when the reading was taken
     */
    record KeptSession(AccountedSession session, Reading reading, Instant seen, Optional<Instant> ended) {}

    /** A change. */
    sealed interface Step {
        /** In place of what was kept of the same session. */
        record Keep(KeptSession kept) implements Step {}

        record Forget(String sessionId) implements Step {}

        record Owe(OwedRecord owed) implements Step {}

        /** A record that nobody waits for any more is gone. */
        record Paid(long number, Creditor creditor) implements Step {}
    }
}
