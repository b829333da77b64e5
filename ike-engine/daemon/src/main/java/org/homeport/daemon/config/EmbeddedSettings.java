package org.homeport.daemon.config;

import java.nio.file.Path;
import java.util.List;
import org.homeport.eap.peap.BindingPolicy;

/**
 * The AAA in this process.
 *
 * @param users its file of names and secrets
 * @param methods enabled, in order of preference
 * @param localRealms that may be left out of a user's name
 * @param trustAnchors who signs the certificates of those that authenticate by EAP-TLS
 * @param cryptobinding whether PEAP's tunnel and what is inside are bound together
 */
public record EmbeddedSettings(
        Path users,
        List<EapMethod> methods,
        List<String> localRealms,
        List<Path> trustAnchors,
        BindingPolicy cryptobinding) {
    public EmbeddedSettings {
        methods = List.copyOf(methods);
        localRealms = List.copyOf(localRealms);
        trustAnchors = List.copyOf(trustAnchors);
    }

    public enum EapMethod {
        MSCHAPV2,
        /** Makes no MSK and proves nothing of us. */
        MD5,
        /** Needs our certificate and trust anchors for the users'. */
        TLS,
        /** Needs our certificate; PAP, MSCHAPv2 or EAP inside. */
        TTLS,
        /** Needs our certificate; MSCHAPv2 or GTC inside. */
        PEAP,
        AKA,
        AKA_PRIME,
        PSK,
    }
}
