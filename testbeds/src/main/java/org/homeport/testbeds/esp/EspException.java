package org.homeport.testbeds.esp;

/** A packet that is not to be believed; the message says why. */
public final class EspException extends Exception {
    public EspException(String message) {
        super(message, null, false, false);
    }
}
