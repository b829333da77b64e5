package org.homeport.core.policy;

import java.util.Locale;
import org.homeport.core.auth.PeerIdentity;

/**
 * Matches identities: {@code *} any, {@code *@realm} a realm, {@code *.domain} names below a domain, else the
 * identity itself. Realms and names compare without case.
 */
public record IdentityPattern(String text) {
    public static final IdentityPattern ANY = new IdentityPattern("*");

    public boolean matches(PeerIdentity identity) {
        if (text.equals("*") || text.equals("%any")) {
            return true;
        }
        String shown = identity.toString();
        if (text.startsWith("*")) {
            return shown.toLowerCase(Locale.ROOT).endsWith(text.substring(1).toLowerCase(Locale.ROOT));
        }
        return PeerIdentity.parse(text).equals(identity);
    }
}
