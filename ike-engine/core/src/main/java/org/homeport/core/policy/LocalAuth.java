package org.homeport.core.policy;

import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.crypto.Signer;
import org.homeport.kit.Secret;

/** How we prove who we are. */
public sealed interface LocalAuth {
    /** By signature with a certificate. */
    record BySignature(Signer signer) implements LocalAuth {}

    record BySharedKey(Secret key) implements LocalAuth {}

    /**
     * Initiators only: no AUTH in the first IKE_AUTH, the MSK keys the last one (RFC 7296 section 2.16).
     *
     * @param withoutMsk what to do if the authenticator settles on a method that makes no MSK
     * @param only whether the responder may do without a proof of its own
     */
    record ByEap(PeerIdentity eapIdentity, RemoteAuth.WithoutMsk withoutMsk, EapOnly only) implements LocalAuth {}

    /** EAP_ONLY_AUTHENTICATION (RFC 5998 section 3). */
    enum EapOnly {
        /** The responder has to prove itself by its own credential. */
        WITHHELD,
        /** EAP will do, if the method is good enough; a proof that comes nevertheless is verified. */
        OFFERED
    }
}
