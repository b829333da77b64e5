/**
 * Accounting (RFC 2866, RFC 2869): records of sessions, the durable queue that delivers them to the AAA of each realm,
 * and the local call detail records.
 *
 * <p>{@link org.homeport.aaa.accounting.Accounting} decides what is recorded and when, {@link
 * org.homeport.aaa.accounting.Ledger} writes it down before it counts, a {@link
 * org.homeport.aaa.accounting.RouteQueue} per AAA delivers it, in order per session, until it is acknowledged.
 */
@NullMarked
package org.homeport.aaa.accounting;

import org.jspecify.annotations.NullMarked;
