package org.homeport.core.policy;

import org.homeport.core.auth.EapTurn;
import org.homeport.core.crypto.CertificateVerifier;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.kit.Secret;

/** How the peer has to prove who it is. */
public sealed interface RemoteAuth {
    record BySignature(CertificateVerifier verifier, Sha1Policy sha1) implements RemoteAuth {}

    record BySharedKey(Secret key) implements RemoteAuth {}

    /**
     * Responders only.
     *
     * @param identityQuestion whether EAP-Request/Identity is sent
     * @param withoutMsk what to do with a method that makes no MSK
     */
    record ByEap(EapTurn.IdentityQuestion identityQuestion, WithoutMsk withoutMsk) implements RemoteAuth {}

    /** Methods that make no MSK leave AUTH to SK_p alone: SHOULD NOT be used (RFC 7296 section 2.16). */
    enum WithoutMsk {
        REFUSE,
        ALLOW
    }
}
