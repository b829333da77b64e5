package org.homeport.testbeds.mn;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.crypto.CertifiedSigner;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.crypto.PkixCertificateVerifier;
import org.homeport.crypto.SignaturePreference;
import org.homeport.daemon.SharedKeyFile;
import org.homeport.daemon.StartFailedException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the node and its home agent prove who they are, as options of a command. */
final class Credentials {
    @Option(names = "--certificate", paramLabel = "FILE", description = "our certificate and its chain, PEM")
    private Optional<Path> certificate = Optional.empty();

    @Option(names = "--private-key", paramLabel = "FILE", description = "its private key, PEM")
    private Optional<Path> privateKey = Optional.empty();

    @Option(
            names = "--psk-file",
            paramLabel = "FILE",
            description = "file whose first line is a key shared with the home agent, for both directions;"
                    + " text, 0x and hexadecimal digits, or 0s and Base64")
    private Optional<Path> pskFile = Optional.empty();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            split = ",",
            description = "trust anchors for the home agent's certificate, PEM")
    private List<Path> anchors = List.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** @param eap is used, if it is there and no certificate for IKE itself is */
    LocalAuth local(Optional<LocalAuth> eap) throws KeyMaterialException, StartFailedException {
        if (certificate.isPresent() && privateKey.isPresent()) {
            return new LocalAuth.BySignature(
                    CertifiedSigner.load(privateKey.get(), certificate.get(), SignaturePreference.DEFAULT));
        }
        if (eap.isPresent()) {
            return eap.get();
        }
        if (pskFile.isPresent()) {
            return new LocalAuth.BySharedKey(SharedKeyFile.read(pskFile.get()));
        }
        throw new ParameterException(
                command.commandLine(),
                "How shall the node authenticate? Give --password-file or other credentials for EAP, or --certificate and"
                        + " --private-key, or --psk-file.");
    }

    RemoteAuth remote(Optional<LocalAuth> eap) throws KeyMaterialException, StartFailedException {
        if (!anchors.isEmpty()) {
            return new RemoteAuth.BySignature(PkixCertificateVerifier.load(anchors), Sha1Policy.REFUSE);
        }
        if (pskFile.isPresent() && eap.isEmpty()) {
            return new RemoteAuth.BySharedKey(SharedKeyFile.read(pskFile.get()));
        }
        throw new ParameterException(
                command.commandLine(), "Whom shall the node trust? Give --ca FILE with the home agent's CA.");
    }
}
