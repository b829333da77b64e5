package org.homeport.daemon;

/** The daemon cannot start; the message tells the operator what is wrong and what to do. */
public final class StartFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    public StartFailedException(String message) {
        super(message, null, false, false);
    }

    public StartFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
