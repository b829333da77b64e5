package org.homeport.core.policy;

import org.homeport.core.auth.PeerIdentity;

/**
 * Matches identities: {@code *} any, {@code *@realm} a realm, {@code *.domain} names below a domain, else the
 * identity itself. Names and realms compare without regard to the case of ASCII letters, what is before the last
 * {@code @} exactly.
 */
public record IdentityPattern(String text) {
    public static final IdentityPattern ANY = new IdentityPattern("*");

    public boolean matches(PeerIdentity identity) {
        if (text.equals("*") || text.equals("%any")) {
            return true;
        }
        if (text.startsWith("*")) {
            return folded(identity.toString()).endsWith(folded(text.substring(1)));
        }
        return PeerIdentity.parse(text).isSameAs(identity);
    }

    /** ASCII only: in Unicode, letters of other alphabets have lower cases among ours (U+212A is a k). */
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text);
        for (int i = text.lastIndexOf('@') + 1; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return folded.toString();
    }
}
