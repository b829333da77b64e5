package org.homeport.lease;

/** By whose word a lease changed. */
public enum Authority {
    /** The pool's own rules: first come, first served, and what they say about the end. */
    POOL,
    /** A reservation in the pool names the identity. */
    RESERVATION,
    /** AAA assigned the address (RFC 5778, RFC 6911). */
    AAA,
    /** Somebody at the command line. */
    OPERATOR,
    /** The session that held it has ended. */
    SESSION,
    /** It happened before anybody wrote this down. */
    UNKNOWN;

    /** For people. @param pool the lease's */
    public String in(String pool) {
        return switch (this) {
            case POOL -> "pool " + pool;
            case RESERVATION -> "reservation in pool " + pool;
            case AAA -> "AAA";
            case OPERATOR -> "operator";
            case SESSION -> "session";
            case UNKNOWN -> "unknown";
        };
    }
}
