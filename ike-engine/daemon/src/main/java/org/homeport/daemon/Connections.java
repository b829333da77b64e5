package org.homeport.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.core.crypto.Signer;
import org.homeport.core.policy.Connection;
import org.homeport.core.policy.Connection.Authorizing;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.crypto.CertifiedSigner;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.crypto.PkixCertificateVerifier;
import org.homeport.crypto.SignaturePreference;
import org.homeport.crypto.SignaturePreference.RsaPadding;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.Configuration.Algorithms;
import org.homeport.daemon.config.Configuration.Credentials;
import org.homeport.daemon.config.ConnectionSettings;
import org.homeport.daemon.config.ConnectionSettings.Auth;
import org.homeport.daemon.config.ConnectionSettings.Authorize;
import org.homeport.kit.Secret;

/** The configuration's connections with the keys and certificates that their files hold. */
final class Connections {
    private final Configuration configuration;
    private final Optional<Signer> signer;

    private Connections(Configuration configuration, Optional<Signer> signer) {
        this.configuration = configuration;
        this.signer = signer;
    }

    static List<Connection> load(Configuration configuration) throws StartFailedException {
        try {
            Optional<Signer> signer = configuration.credentials().isPresent()
                    ? Optional.of(signer(configuration.credentials().orElseThrow(), configuration.algorithms()))
                    : Optional.empty();
            Connections loading = new Connections(configuration, signer);
            List<Connection> connections = new ArrayList<>();
            for (ConnectionSettings settings : configuration.connections()) {
                connections.add(loading.connection(settings));
            }
            return connections;
        } catch (KeyMaterialException e) {
            throw new StartFailedException(e.getMessage() + ""); // NullAway: messages of ours are there
        }
    }

    static Signer signer(Credentials credentials, Algorithms algorithms) throws KeyMaterialException {
        return CertifiedSigner.load(
                credentials.privateKey(), credentials.certificate(), preference(credentials, algorithms));
    }

    static SignaturePreference preference(Credentials credentials, Algorithms algorithms) {
        RsaPadding padding = switch (credentials.rsaPadding()) {
            case PSS -> RsaPadding.PSS;
            case PKCS1 -> RsaPadding.PKCS1_V15;
        };
        return new SignaturePreference(padding, sha1(algorithms));
    }

    private Connection connection(ConnectionSettings settings) throws StartFailedException, KeyMaterialException {
        return switch (settings.auth()) {
            case Auth.Eap(var question, var withoutMsk, var only) ->
                connection(settings, bySignature(), new RemoteAuth.ByEap(question, withoutMsk, only));
            case Auth.Certificate() ->
                connection(
                        settings,
                        bySignature(),
                        new RemoteAuth.BySignature(
                                PkixCertificateVerifier.load(configuration.trustAnchors()),
                                sha1(configuration.algorithms())));
            case Auth.SharedKey(var file) -> {
                Secret key = SharedKeyFile.read(file);
                yield connection(settings, new LocalAuth.BySharedKey(key), new RemoteAuth.BySharedKey(key));
            }
        };
    }

    /** EAP has its own way to AAA. Rules bind everybody, whoever knows the peer. */
    private Authorizing authorizing(ConnectionSettings settings) {
        boolean asked = settings.authorize() == Authorize.AAA
                || !configuration.authorization().rules().isEmpty();
        return asked && !(settings.auth() instanceof Auth.Eap) ? Authorizing.BY_BACKEND : Authorizing.BY_PROOF;
    }

    private LocalAuth bySignature() {
        return new LocalAuth.BySignature(
                signer.orElseThrow(() -> new IllegalStateException("read without certificate and private-key")));
    }

    private static Sha1Policy sha1(Algorithms algorithms) {
        return switch (algorithms) {
            case CURRENT -> Sha1Policy.REFUSE;
            case WITH_LEGACY -> Sha1Policy.ACCEPT;
        };
    }

    private Connection connection(ConnectionSettings settings, LocalAuth local, RemoteAuth remote) {
        return new Connection(
                settings.name(),
                configuration.identity(),
                settings.remote(),
                local,
                remote,
                authorizing(settings),
                settings.ikeProposals(),
                settings.children(),
                settings.pools(),
                settings.timing());
    }
}
