package org.homeport.core.session;

/** How far a session is, as far as the answer to failures goes (RFC 7296 section 2.21). */
public enum Phase {
    /** IKE_SA_INIT: nothing is protected. */
    UNPROTECTED,
    /** IKE_AUTH: protected, not authenticated. */
    INITIAL,
    ESTABLISHED,
    /** Over; only repeats are answered. */
    OVER
}
