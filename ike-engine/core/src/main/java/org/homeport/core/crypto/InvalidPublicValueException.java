package org.homeport.core.crypto;

/** The peer's Diffie-Hellman public value must not be used; the message says why. */
public final class InvalidPublicValueException extends Exception {
    public InvalidPublicValueException(String message) {
        super(message, null, false, false);
    }
}
