package org.homeport.eap.peap;

/** Whether a side binds tunnel and inner method together. Where both do, the MSK is made of the keys of both. */
public enum BindingPolicy {
    /** It neither asks nor answers. For servers that bind wrongly, as hostapd 2.10 does in TLS 1.3. */
    NEVER,
    /** If the other side does. It keeps nobody out who sits in the middle, and says that the other does not. */
    OPTIONAL,
    /** Without it there is no success. */
    REQUIRED
}
