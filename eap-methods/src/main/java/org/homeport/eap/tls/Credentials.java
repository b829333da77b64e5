package org.homeport.eap.tls;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.homeport.kit.Octets;

/** Our certificate and key, as the library wants them. */
record Credentials(CertifiedKey own, BcTlsCrypto crypto) {
    /**
     * What signs the handshake.
     *
     * @param accepted signature algorithms that the other side takes
     * @param requestContext of the CertificateRequest that is answered; empty for a server
     * @return empty if we cannot sign in any way that is accepted
     */
    Optional<TlsCredentialedSigner> signer(TlsContext context, List<?> accepted, Octets requestContext)
            throws IOException {
        var version = context.getSecurityParametersHandshake().getNegotiatedVersion();
        Optional<SignatureAndHashAlgorithm> algorithm = TlsOffer.signature(own.kind(), version, accepted);
        if (algorithm.isEmpty()) {
            return Optional.empty();
        }
        CertificateEntry[] chain = new CertificateEntry[own.chain().size()];
        TlsCertificate[] bare = new TlsCertificate[chain.length];
        for (int i = 0; i < chain.length; i++) {
            bare[i] = crypto.createCertificate(
                    X509Octets.encoded(own.chain().get(i)).toByteArray());
            chain[i] = new CertificateEntry(bare[i], null);
        }
        Certificate certificate = TlsUtils.isTLSv13(version)
                ? new Certificate(requestContext.toByteArray(), chain)
                : new Certificate(bare);
        return Optional.of(new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context), crypto, own.privateKey(), certificate, algorithm.get()));
    }
}
