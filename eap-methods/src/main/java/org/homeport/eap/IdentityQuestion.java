package org.homeport.eap;

/** Whether the authenticator begins with EAP-Request/Identity, or knows a name from elsewhere. */
public enum IdentityQuestion {
    ASK,
    SKIP
}
