package org.homeport.testbeds.mn;

/** The node did not get what it asked for; the message is one line for its user. */
public final class BootstrapFailedException extends Exception {
    public BootstrapFailedException(String message) {
        super(message);
    }
}
