package org.homeport.aaa.accounting;

/** The journal cannot do its work now: disk, lock, file. */
public final class JournalUnavailableException extends Exception {
    private final String sentence;

    /** @param sentence for the operator: which file, what is wrong, what to do */
    public JournalUnavailableException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public JournalUnavailableException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
