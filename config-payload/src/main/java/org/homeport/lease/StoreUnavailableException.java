package org.homeport.lease;

/** The store cannot do its work now: disk, lock, file. */
public final class StoreUnavailableException extends Exception {
    private final String sentence;

    /** @param sentence for the operator: which store, what is wrong, what to do */
    public StoreUnavailableException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public StoreUnavailableException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
