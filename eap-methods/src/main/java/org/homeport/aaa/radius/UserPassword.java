package org.homeport.aaa.radius;

import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** User-Password, hidden (RFC 2865 section 5.2). */
public final class UserPassword {
    private static final int MAX_OCTETS = 128;

    private UserPassword() {}

    /**
     * Hides a password.
     *
     * @param password 1..128 octets
     * @param requestAuthenticator of the Access-Request that it goes into
     */
    public static RadiusAttribute hide(Secret password, Octets requestAuthenticator, Secret secret) {
        if (password.length() < 1 || password.length() > MAX_OCTETS) {
            throw new IllegalArgumentException("a password of " + password.length() + " octets");
        }
        Octets padded = password.expose().plus(Octets.zeros(Math.floorMod(-password.length(), 16)));
        return new RadiusAttribute(AttributeType.USER_PASSWORD, HiddenValue.hide(padded, requestAuthenticator, secret));
    }
}
