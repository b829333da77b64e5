package org.homeport.aaa.accounting;

import java.util.List;
import java.util.Random;

/** A journal at which the process dies now and then: right before a write, or right after it. */
final class FragileJournal implements Journal {
    private final Journal journal;
    private final Random random;
    private final int oneIn;

    /** Nobody catches it but who plays the operator. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    FragileJournal(Journal journal, Random random, int oneIn) {
        this.journal = journal;
        this.random = random;
        this.oneIn = oneIn;
    }

    private void dieSometimes() {
        if (random.nextInt(oneIn) == 0) {
            throw new Killed();
        }
    }

    @Override
    public void write(List<Step> steps) throws JournalUnavailableException {
        dieSometimes();
        journal.write(steps);
        dieSometimes();
    }

    @Override
    public List<OwedRecord> owed() throws JournalUnavailableException {
        return journal.owed();
    }

    @Override
    public List<KeptSession> sessions() throws JournalUnavailableException {
        return journal.sessions();
    }

    @Override
    public void close() {
        journal.close();
    }
}
