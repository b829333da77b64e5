package org.homeport.aaa;

/** The users file cannot be taken; the message says where, what, and what was expected. */
public final class UsersFileException extends Exception {
    private static final long serialVersionUID = 1;

    UsersFileException(String message) {
        super(message);
    }

    UsersFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
