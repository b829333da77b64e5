package org.homeport.aaa.radius.eap;

/** What a RADIUS server should never send (RFC 3579 section 2.6.3): counted, and never to the peer's advantage. */
public enum EapConflict {
    ACCEPT_WITHOUT_EAP_MESSAGE,
    ACCEPT_WITHOUT_EAP_SUCCESS,
    /** Before any method has run, or with another Identifier than the Response's (RFC 3748 section 4.2). */
    ACCEPT_UNEARNED,
    REJECT_WITHOUT_EAP_FAILURE,
    CHALLENGE_WITHOUT_EAP_REQUEST,
    /** Attributes whose values are none, or too many of a kind. */
    MALFORMED_ATTRIBUTE
}
