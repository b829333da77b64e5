package org.homeport.crypto;

/** Our own keys or certificates cannot be used; the message names the file and says what to do. */
public final class KeyMaterialException extends Exception {
    public KeyMaterialException(String message) {
        super(message, null, false, false);
    }
}
