package org.homeport.aaa.dynauth;

/** What a request asks for. */
public sealed interface Order {
    Selection selection();

    /** End the sessions, and forget all about them. */
    record Disconnect(Selection selection) implements Order {}

    /** Change what they may do: all of them, or none (RFC 5176 section 2.3). */
    record Alter(Selection selection, Change change) implements Order {}
}
