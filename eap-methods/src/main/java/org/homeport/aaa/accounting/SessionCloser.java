package org.homeport.aaa.accounting;

/** Ends a session that accounting finds idle. Returns at once. */
@FunctionalInterface
public interface SessionCloser {
    /** @param session correlation id; @param reason for the operator */
    void close(String session, String reason);
}
