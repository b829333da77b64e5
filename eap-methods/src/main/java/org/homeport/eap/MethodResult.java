package org.homeport.eap;

import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * What a method that finished well leaves behind. Whoever takes the key wipes it.
 *
 * @param method for the audit, as "MSCHAPV2"
 * @param identity who was authenticated, if the method says so; at the peer: the server's name
 * @param msk Master Session Key, 64 octets or more (RFC 3748 section 7.10); empty for methods that make none
 * @param sessionId the method's Session-Id (RFC 5247 section 1.4), where its specification defines one
 */
public record MethodResult(String method, Optional<String> identity, Optional<Secret> msk, Optional<Octets> sessionId) {
    public MethodResult {
        if (msk.isPresent() && msk.get().length() < 64) {
            throw new IllegalArgumentException("an MSK of " + msk.get().length() + " octets");
        }
    }
}
