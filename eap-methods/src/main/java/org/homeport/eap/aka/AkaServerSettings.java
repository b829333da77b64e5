package org.homeport.eap.aka;

import org.homeport.kit.Octets;

/**
 * How a server speaks.
 *
 * @param networkName of the access network, for EAP-AKA' (RFC 9048 section 3.1, TS 24.302); 1 octet or more
 * @param bidding in EAP-AKA, whether EAP-AKA' is offered too (RFC 9048 section 4)
 * @param reauthentications that follow a full authentication at most; 0 for none, 65535 at most
 */
public record AkaServerSettings(
        AkaVariant variant,
        Octets networkName,
        Bidding bidding,
        ResultIndications resultIndications,
        Pseudonyms pseudonyms,
        int reauthentications) {
    private static final int REAUTHENTICATIONS = 16;

    /** Access by untrusted networks, as an IKEv2 gateway sees it (TS 24.302 section 8.1.1). */
    public static final Octets WLAN = Octets.utf8("WLAN");

    /** Whether a side would rather have EAP-AKA'. */
    public enum Bidding {
        AKA_PRIME_PREFERRED,
        NONE
    }

    /** Whether success is told under the keys (RFC 4187 section 6.2). */
    public enum ResultIndications {
        OFFERED,
        NONE
    }

    /** Whether peers get pseudonyms. */
    public enum Pseudonyms {
        GIVEN,
        NONE
    }

    public AkaServerSettings {
        if (networkName.isEmpty()
                || networkName.length() > 253
                || reauthentications < 0
                || reauthentications > 0xffff) {
            throw new IllegalArgumentException(
                    "network name " + networkName.utf8() + ", " + reauthentications + " fast re-authentications");
        }
    }

    /** With all that the protocol has. */
    public static AkaServerSettings of(AkaVariant variant, Bidding bidding) {
        return new AkaServerSettings(
                variant, WLAN, bidding, ResultIndications.OFFERED, Pseudonyms.GIVEN, REAUTHENTICATIONS);
    }
}
