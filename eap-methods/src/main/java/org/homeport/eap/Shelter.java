package org.homeport.eap;

/** Where a conversation takes place. */
enum Shelter {
    /** Others may listen, and pretend to be the server. */
    OPEN,
    /** Inside a tunnel whose server has proved itself. */
    TUNNEL;

    /** Whether a method may run here (RFC 3748 section 5.6). */
    boolean admits(EapType method) {
        return this == TUNNEL || !method.needsTunnel();
    }
}
