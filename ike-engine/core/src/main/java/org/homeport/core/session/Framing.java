package org.homeport.core.session;

/** How IKE sits in UDP: bare on port 500, behind four zero octets on port 4500 (RFC 3948 section 2.2). */
public enum Framing {
    PLAIN,
    NON_ESP_MARKER
}
