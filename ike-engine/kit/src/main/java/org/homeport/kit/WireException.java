package org.homeport.kit;

/** What was read is not what the wire format says; the message names the field and both lengths or values. */
public final class WireException extends Exception {
    public WireException(String message) {
        super(message, null, false, false);
    }
}
