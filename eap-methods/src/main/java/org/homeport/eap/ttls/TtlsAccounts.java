package org.homeport.eap.ttls;

import org.homeport.eap.MethodChooser;
import org.homeport.eap.gtc.PasswordCheck;
import org.homeport.eap.mschapv2.MschapV2Accounts;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * Where the server side finds who may come in, by the name inside the tunnel.
 *
 * @param pap judges passwords in the clear
 * @param mschapV2 finds passwords to check against
 * @param eap which methods may be used inside; offers none, if none may
 */
public record TtlsAccounts(Pap pap, MschapV2Accounts mschapV2, MethodChooser eap) {
    /** Judges a name and a password in the clear. May block. */
    @FunctionalInterface
    public interface Pap {
        /** @param name as the peer sends it; may be no text at all */
        PasswordCheck.Verdict check(Octets name, Secret password);
    }
}
