package org.homeport.core.session;

/** Binds an answer to its question, within one session. */
public record CallId(long value) {}
