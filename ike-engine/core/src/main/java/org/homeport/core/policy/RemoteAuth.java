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
     * @param only whether EAP may be our proof too
     */
    record ByEap(EapTurn.IdentityQuestion identityQuestion, WithoutMsk withoutMsk, EapOnly only)
            implements RemoteAuth {}

    /** What becomes of a peer that wants no other proof of us than EAP (RFC 5998). */
    enum EapOnly {
        /** We prove ourselves by our own credential all the same. */
        NEVER,
        /** As the peer likes it, and as far as the method is good enough. */
        ALLOW,
        /** We have no other proof: peers that want one are refused. */
        REQUIRE
    }

    /** Methods that make no MSK leave AUTH to SK_p alone: SHOULD NOT be used (RFC 7296 section 2.16). */
    enum WithoutMsk {
        REFUSE,
        ALLOW
    }
}
