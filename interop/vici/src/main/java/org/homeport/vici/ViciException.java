package org.homeport.vici;

/** A VICI call did not do what was asked; the message is a sentence for the operator. */
public final class ViciException extends Exception {
    private final Kind kind;

    /** What the caller may do about it. */
    public enum Kind {
        /** charon carried out the command and says no: the connection is fine. */
        REFUSED,
        /** charon, or the plugins it loaded, has no such command or event: the connection is fine. */
        UNKNOWN,
        /** No answer in time: this connection is of no more use. */
        TIMEOUT,
        /** No connection, or no longer. */
        CLOSED,
        /** charon sent what VICI does not allow. */
        MALFORMED
    }

    ViciException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    ViciException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
