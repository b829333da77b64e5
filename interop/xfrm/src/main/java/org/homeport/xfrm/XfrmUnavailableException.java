package org.homeport.xfrm;

/** The kernel's IPsec cannot be used; the message is a sentence for the operator. */
public final class XfrmUnavailableException extends Exception {
    XfrmUnavailableException(String message) {
        super(message);
    }
}
