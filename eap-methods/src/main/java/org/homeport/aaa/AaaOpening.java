package org.homeport.aaa;

import org.homeport.eap.IdentityQuestion;

/**
 * How a conversation begins.
 *
 * @param conversation correlation id, for logs
 * @param claimed stands in for the EAP identity where that is not asked for, or left empty: a pass-through builds its
 *     EAP-Response/Identity from it (RFC 3579 section 2.1)
 */
public record AaaOpening(String conversation, ClaimedIdentity claimed, IdentityQuestion question) {}
