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
     */
    record ByEap(PeerIdentity eapIdentity, RemoteAuth.WithoutMsk withoutMsk) implements LocalAuth {}
}
