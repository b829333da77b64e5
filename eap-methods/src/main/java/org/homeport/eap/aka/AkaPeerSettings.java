package org.homeport.eap.aka;

import java.util.Optional;
import org.homeport.eap.aka.AkaServerSettings.Bidding;
import org.homeport.eap.aka.AkaServerSettings.ResultIndications;

/**
 * How a peer behaves.
 *
 * @param resultIndications whether it wants success told under the keys, where the server offers that
 * @param bidding in EAP-AKA, whether it would rather have had EAP-AKA' (RFC 9048 section 4)
 * @param identityPolicy when its permanent identity is asked for in the clear
 * @param networkName what the network should call itself in EAP-AKA' (RFC 9048 section 3.1); anything without
 */
public record AkaPeerSettings(
        ResultIndications resultIndications,
        Bidding bidding,
        IdentityPolicy identityPolicy,
        Optional<String> networkName) {
    public static final AkaPeerSettings DEFAULT =
            new AkaPeerSettings(ResultIndications.OFFERED, Bidding.NONE, IdentityPolicy.LIBERAL, Optional.empty());

    /** RFC 4187 section 4.1.6. */
    public enum IdentityPolicy {
        /** Tells it to whoever asks. */
        LIBERAL,
        /** Believes that its own network still knows the pseudonym, and tells nobody. */
        CONSERVATIVE
    }

    /** By fields between colons; what only one of the two has does not count (RFC 9048 section 3.1). */
    boolean knows(String offered) {
        if (networkName.isEmpty()) {
            return true;
        }
        String[] ours = networkName.get().split(":", -1);
        String[] theirs = offered.split(":", -1);
        for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
            if (!ours[i].equals(theirs[i])) {
                return false;
            }
        }
        return true;
    }
}
