package org.homeport.eap.tls;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.homeport.kit.Octets;
import org.jspecify.annotations.Nullable;

/** What our server answers when the library asks how to go on. */
final class ServerTerms extends AbstractTlsServer {
    private final TlsServerSettings settings;
    private final BcTlsCrypto bc;
    private final Credentials credentials;
    private final InstantSource clock;
    private final Handshake handshake;
    private Optional<PeerCertificate> clientCertificate = Optional.empty();

    ServerTerms(TlsServerSettings settings, BcTlsCrypto crypto, InstantSource clock, Handshake handshake) {
        super(crypto);
        this.settings = settings;
        this.bc = crypto;
        this.credentials = new Credentials(settings.own(), bc);
        this.clock = clock;
        this.handshake = handshake;
    }

    Optional<PeerCertificate> clientCertificate() {
        return clientCertificate;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return TlsVersion.offered(settings.versions());
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsOffer.suitesFor(settings.own().kind(), settings.versions());
    }

    @Override
    public int[] getSupportedGroups() {
        return TlsOffer.groups();
    }

    @Override
    public TlsCredentials getCredentials() throws IOException {
        List<?> accepted = list(context.getSecurityParametersHandshake().getClientSigAlgs());
        return credentials
                .signer(context, accepted, Octets.EMPTY)
                .orElseThrow(() -> new TlsFatalAlert(
                        AlertDescription.handshake_failure,
                        "the client takes no signature that our key, "
                                + settings.own().kind() + ", can make"));
    }

    @Override
    public @Nullable CertificateRequest getCertificateRequest() throws IOException {
        return switch (settings.client()) {
            case ClientCertificate.NotAsked none -> null;
            case ClientCertificate.Welcome(TrustAnchors anchors) -> request(anchors);
            case ClientCertificate.Required(TrustAnchors anchors) -> request(anchors);
        };
    }

    private CertificateRequest request(TrustAnchors anchors) throws IOException {
        Vector<X500Name> authorities = new Vector<>();
        anchors.certificates()
                .forEach(anchor -> authorities.add(
                        X500Name.getInstance(anchor.getSubjectX500Principal().getEncoded())));
        if (TlsUtils.isTLSv13(context.getServerVersion())) {
            return new CertificateRequest(TlsUtils.EMPTY_BYTES, TlsOffer.signatures(), null, authorities);
        }
        short[] kinds = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
        return new CertificateRequest(kinds, TlsOffer.signatures(), authorities);
    }

    @Override
    public void notifyClientCertificate(@Nullable Certificate presented) throws IOException {
        Optional<Certificate> sent = Optional.ofNullable(presented).filter(certificate -> !certificate.isEmpty());
        switch (settings.client()) {
            case ClientCertificate.NotAsked unasked -> {
                if (sent.isPresent()) {
                    throw new TlsFatalAlert(AlertDescription.unexpected_message, "a certificate nobody asked for");
                }
            }
            case ClientCertificate.Welcome(TrustAnchors anchors) -> {
                if (sent.isPresent()) {
                    accept(anchors, sent.get());
                }
            }
            // TLS 1.2 has no alert of its own for a missing certificate (RFC 5246 section 7.4.6).
            case ClientCertificate.Required(TrustAnchors anchors) ->
                accept(
                        anchors,
                        sent.orElseThrow(() -> new TlsFatalAlert(
                                TlsUtils.isTLSv13(context.getServerVersion())
                                        ? AlertDescription.certificate_required
                                        : AlertDescription.handshake_failure,
                                "the client sent no certificate")));
        }
    }

    private void accept(TrustAnchors anchors, Certificate presented) throws IOException {
        PathCheck path = new PathCheck(anchors, PathCheck.Purpose.CLIENT);
        clientCertificate = Optional.of(new CertificateJudge(path, clock, handshake).judge(presented));
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

    static List<?> list(@Nullable Vector<?> vector) {
        return vector == null ? List.of() : List.copyOf(vector);
    }
}
