package org.homeport.core.responder;

/** By what we prove ourselves to a peer that comes by EAP. */
enum OwnProof {
    /** CERT and AUTH in the first IKE_AUTH response. */
    CREDENTIAL,
    /** Nothing but the MSK, in the last one (RFC 5998 section 3). */
    EAP_ALONE
}
