package org.homeport.eap.tls;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.homeport.kit.Octets;
import org.jspecify.annotations.Nullable;

/** What our client answers when the library asks how to go on. */
final class ClientTerms extends AbstractTlsClient {
    private final TlsClientSettings settings;
    private final BcTlsCrypto bc;
    private final CertificateJudge judge;
    private final Handshake handshake;
    private Optional<PeerCertificate> serverCertificate = Optional.empty();

    ClientTerms(TlsClientSettings settings, BcTlsCrypto crypto, InstantSource clock, Handshake handshake) {
        super(crypto);
        this.settings = settings;
        this.bc = crypto;
        this.judge =
                new CertificateJudge(new PathCheck(settings.anchors(), PathCheck.Purpose.SERVER), clock, handshake);
        this.handshake = handshake;
    }

    Optional<PeerCertificate> serverCertificate() {
        return serverCertificate;
    }

    Optional<String> serverName() {
        return serverCertificate.flatMap(certificate -> certificate
                .hostNameAmong(settings.serverNames())
                .or(() -> certificate.names().stream().findFirst()));
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return TlsVersion.offered(settings.versions());
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsOffer.anySuites(settings.versions());
    }

    @Override
    protected Vector<Integer> getSupportedGroups(@Nullable Vector namedGroupRoles) {
        return new Vector<>(Arrays.stream(TlsOffer.groups()).boxed().toList());
    }

    @Override
    protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
        return TlsOffer.signatures();
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate presented) throws IOException {
                accept(presented);
            }

            @Override
            public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return answer(request).orElse(null);
            }
        };
    }

    private void accept(TlsServerCertificate presented) throws IOException {
        if (presented.getCertificate() == null || presented.getCertificate().isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "the server sent no certificate");
        }
        PeerCertificate certificate = judge.judge(presented.getCertificate());
        if (!settings.serverNames().isEmpty()
                && certificate.hostNameAmong(settings.serverNames()).isEmpty()) {
            throw judge.refusal(CertificateRefusedException.broken("certificate \"" + certificate.subject()
                    + "\" is for " + certificate.hostNames() + "; expected one of " + settings.serverNames()));
        }
        serverCertificate = Optional.of(certificate);
    }

    private Optional<TlsCredentials> answer(CertificateRequest request) throws IOException {
        if (settings.own().isEmpty()) {
            return Optional.empty();
        }
        byte[] requestContext = request.getCertificateRequestContext();
        return new Credentials(settings.own().get(), bc)
                .signer(
                        context,
                        ServerTerms.list(request.getSupportedSignatureAlgorithms()),
                        requestContext == null ? Octets.EMPTY : Octets.copyOf(requestContext))
                .map(signer -> signer);
    }

    @Override
    public void notifyHandshakeComplete() {
        handshake.complete(KeyExporter.of(context));
    }

    @Override
    public void notifyAlertRaised(short level, short description, @Nullable String message, @Nullable Throwable cause) {
        handshake.raised(level, description, message, cause);
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        handshake.received(level, description);
    }
}
