package org.homeport.aaa;

/** Whoever decides about peers: the AAA in this process, or a RADIUS server far away. */
@FunctionalInterface
public interface AaaBackend {
    /** Returns at once, and sends nothing yet. Every conversation opened is answered to its end or abandoned. */
    AaaConversation open(AaaOpening opening);
}
