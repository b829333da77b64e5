package org.homeport.crypto;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.crypto.CertificateRejectedException;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.PayloadType;
import org.homeport.kit.Octets;

/**
 * What an operator wants to know of a certificate of ours before a peer judges it.
 *
 * @param objection what peers that check as we do will have against it as proof of the identity (RFC 4945 section 3.1)
 */
public record CertificateFacts(String subject, Instant notBefore, Instant notAfter, Optional<String> objection) {
    /** @throws KeyMaterialException if it is no certificate */
    public static CertificateFacts of(Octets der, PeerIdentity identity) throws KeyMaterialException {
        X509Certificate certificate;
        try {
            certificate = Certificates.parse(der);
        } catch (CertificateException e) {
            throw new KeyMaterialException("the certificate is broken: " + e.getMessage());
        }
        return new CertificateFacts(
                certificate.getSubjectX500Principal().getName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                objection(new EndEntity(certificate), identity));
    }

    private static Optional<String> objection(EndEntity entity, PeerIdentity identity) {
        try {
            entity.checkUsage();
            entity.checkIdentity(Payload.Identification.of(PayloadType.IDR, identity.type(), identity.data()));
            return Optional.empty();
        } catch (CertificateRejectedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
