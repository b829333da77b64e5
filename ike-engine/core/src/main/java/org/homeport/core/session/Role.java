package org.homeport.core.session;

/** Who started an IKE SA: the sender of IKE_SA_INIT, or of the CREATE_CHILD_SA that rekeyed it. */
public enum Role {
    INITIATOR,
    RESPONDER
}
