package org.homeport.core.crypto;

import java.time.Instant;
import java.util.List;
import org.homeport.core.message.Payload;
import org.homeport.kit.Octets;

/** Judges a peer's certificates against the trust anchors it was made with. */
public interface CertificateVerifier {
    /** SHA-1 hashes of the trust anchors' SubjectPublicKeyInfo, concatenated: the body of our CERTREQ. */
    Octets authorities();

    /**
     * Builds and checks the path (RFC 5280), the binding of the identity to the end-entity certificate (RFC 7296
     * section 3.5, RFC 4945 section 3.1) and the AUTH signature.
     *
     * @param certificates DER, the end entity first; the rest in any order; capped by the caller
     * @param sha1 whether signatures over SHA-1 may pass
     * @throws CertificateRejectedException with the reason in words
     */
    void verify(
            List<Octets> certificates,
            Payload.Identification identity,
            Payload.Authentication authentication,
            Octets signedOctets,
            Sha1Policy sha1,
            Instant now)
            throws CertificateRejectedException;
}
