package org.homeport.aaa.dynauth;

/**
 * How many orders met one end.
 *
 * @param kind {@code disconnect} or {@code coa}; {@code other} for what is neither
 * @param result {@code acknowledged}, {@code repeated}, {@code refused-} and the Error-Cause's number (RFC 5176 section
 *     3.5), {@code discarded-} and a stable reason, {@code failed} for a mistake of ours
 */
public record OrderCount(String kind, String result, long count) {}
