package org.homeport.testbeds.mn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.crypto.CertifiedSigner;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.crypto.PkixCertificateVerifier;
import org.homeport.crypto.SignaturePreference;
import org.homeport.kit.Secret;
import picocli.CommandLine.Option;

/** How the node and its home agent prove who they are, as options of a command. */
final class Credentials {
    @Option(names = "--password", paramLabel = "PASSWORD", description = "EAP password; others can see it: for tests")
    private Optional<String> password = Optional.empty();

    @Option(names = "--password-file", paramLabel = "FILE", description = "file whose first line is the EAP password")
    private Optional<Path> passwordFile = Optional.empty();

    @Option(names = "--certificate", paramLabel = "FILE", description = "our certificate and its chain, PEM")
    private Optional<Path> certificate = Optional.empty();

    @Option(names = "--private-key", paramLabel = "FILE", description = "its private key, PEM")
    private Optional<Path> privateKey = Optional.empty();

    @Option(
            names = "--psk-file",
            paramLabel = "FILE",
            description = "file whose first line is a key shared with the home agent, for both directions")
    private Optional<Path> pskFile = Optional.empty();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            split = ",",
            description = "trust anchors for the home agent's certificate, PEM")
    private List<Path> anchors = List.of();

    /** The EAP password, if there is one. */
    Optional<Secret> eapPassword() throws IOException {
        if (password.isPresent()) {
            return password.map(Secret::utf8);
        }
        return passwordFile.isPresent() ? Optional.of(firstLine(passwordFile.get())) : Optional.empty();
    }

    LocalAuth local(PeerIdentity identity) throws IOException, KeyMaterialException {
        if (certificate.isPresent() && privateKey.isPresent()) {
            return new LocalAuth.BySignature(
                    CertifiedSigner.load(privateKey.get(), certificate.get(), SignaturePreference.DEFAULT));
        }
        if (password.isPresent() || passwordFile.isPresent()) {
            return new LocalAuth.ByEap(identity);
        }
        if (pskFile.isPresent()) {
            return new LocalAuth.BySharedKey(firstLine(pskFile.get()));
        }
        throw new IllegalArgumentException(
                "how shall the node authenticate? Give --password-file, or --certificate and --private-key, or --psk-file");
    }

    RemoteAuth remote() throws IOException, KeyMaterialException {
        if (!anchors.isEmpty()) {
            return new RemoteAuth.BySignature(PkixCertificateVerifier.load(anchors), Sha1Policy.REFUSE);
        }
        if (pskFile.isPresent() && password.isEmpty() && passwordFile.isEmpty()) {
            return new RemoteAuth.BySharedKey(firstLine(pskFile.get()));
        }
        throw new IllegalArgumentException("whom shall the node trust? Give --ca FILE with the home agent's CA");
    }

    private static Secret firstLine(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || lines.getFirst().isEmpty()) {
            throw new IOException(file + " has no first line to read a secret from");
        }
        return Secret.utf8(lines.getFirst());
    }
}
