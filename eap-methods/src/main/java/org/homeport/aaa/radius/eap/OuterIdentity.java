package org.homeport.aaa.radius.eap;

/**
 * What is done when a method with a tunnel has run, and the Access-Accept does not say who was inside: the identity
 * outside the tunnel is what the peer likes to call itself (RFC 5281 section 7.3), and nothing has proved it.
 */
public enum OuterIdentity {
    /** The peer is not let in. */
    REFUSE,
    /** It is believed, unless it is anonymous, and the operator told: for servers that never say. */
    TAKE
}
