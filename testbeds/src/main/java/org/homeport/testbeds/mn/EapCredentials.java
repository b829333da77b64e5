package org.homeport.testbeds.mn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.crypto.PemFiles;
import org.homeport.daemon.StartFailedException;
import org.homeport.daemon.config.Unreadable;
import org.homeport.eap.aka.Sim;
import org.homeport.eap.aka.Sqn;
import org.homeport.eap.aka.Usim;
import org.homeport.eap.tls.CertifiedKey;
import org.homeport.eap.tls.TlsClientSettings;
import org.homeport.eap.tls.TlsSettingsException;
import org.homeport.eap.tls.TlsVersion;
import org.homeport.eap.tls.TrustAnchors;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the node knows for its EAP methods, as options of a command. */
final class EapCredentials {
    @Option(names = "--password", paramLabel = "PASSWORD", description = "EAP password; others can see it: for tests")
    private Optional<String> password = Optional.empty();

    @Option(names = "--password-file", paramLabel = "FILE", description = "file whose first line is the EAP password")
    private Optional<Path> passwordFile = Optional.empty();

    @Option(
            names = "--eap-certificate",
            paramLabel = "FILE",
            description = "EAP-TLS: our certificate and its chain, PEM")
    private Optional<Path> certificate = Optional.empty();

    @Option(names = "--eap-private-key", paramLabel = "FILE", description = "its private key, PEM")
    private Optional<Path> privateKey = Optional.empty();

    @Option(
            names = "--eap-ca",
            paramLabel = "FILE",
            split = ",",
            description = "trust anchors for the AAA server's certificate, PEM")
    private List<Path> anchors = List.of();

    @Option(
            names = "--eap-server-name",
            paramLabel = "NAME",
            split = ",",
            description =
                    "names of which the AAA server's certificate has to bear one (default: any below the anchors)")
    private List<String> serverNames = List.of();

    @Option(names = "--tls", paramLabel = "VERSION", description = "1.2 or 1.3 alone (default: both)")
    private Optional<String> tls = Optional.empty();

    @Option(
            names = "--sim-file",
            paramLabel = "FILE",
            description = "what a SIM card knows: lines k=HEX and opc=HEX, perhaps sqn=HEX")
    private Optional<Path> simFile = Optional.empty();

    @Option(
            names = "--eap-psk-file",
            paramLabel = "FILE",
            description = "EAP-PSK: file whose first line is the key, 32 hexadecimal digits, with or without 0x")
    private Optional<Path> pskFile = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    boolean hasPassword() {
        return password.isPresent() || passwordFile.isPresent();
    }

    boolean hasCertificate() {
        return certificate.isPresent();
    }

    boolean hasKey() {
        return pskFile.isPresent();
    }

    boolean hasSim() {
        return simFile.isPresent();
    }

    /** @param method that needs it, for what is told if it is not there; likewise below */
    Secret password(String method) throws StartFailedException {
        if (password.isPresent()) {
            return Secret.utf8(password.get());
        }
        Path file = required(method, "--password-file", passwordFile);
        // As it stands there: a password may begin or end with a space.
        return lines("password", file).stream()
                .findFirst()
                .filter(line -> !line.isEmpty())
                .map(Secret::utf8)
                .orElseThrow(() -> new StartFailedException(
                        "password " + file + ": the first line is empty; expected the password"));
    }

    CertifiedKey certifiedKey(String method) throws KeyMaterialException {
        Path chain = required(method, "--eap-certificate", certificate);
        Path key = required(method, "--eap-private-key", privateKey);
        try {
            return CertifiedKey.of(PemFiles.certificates(chain), PemFiles.pkcs8(key));
        } catch (TlsSettingsException e) {
            throw new KeyMaterialException(chain + " and " + key + ": " + e.getMessage());
        }
    }

    /** @param own what we prove ourselves with, if we do by TLS */
    TlsClientSettings tls(String method, Optional<CertifiedKey> own) throws KeyMaterialException {
        if (anchors.isEmpty()) {
            throw new ParameterException(command.commandLine(), "--eap " + method + " needs --eap-ca.");
        }
        List<Octets> certificates = new ArrayList<>();
        for (Path file : anchors) {
            certificates.addAll(PemFiles.certificates(file));
        }
        try {
            return new TlsClientSettings(own, TrustAnchors.of(certificates), Set.copyOf(serverNames), versions());
        } catch (TlsSettingsException e) {
            throw new KeyMaterialException(anchors + ": " + e.getMessage());
        }
    }

    private Set<TlsVersion> versions() {
        return switch (tls.orElse("")) {
            case "" -> Set.of(TlsVersion.values());
            case "1.2" -> Set.of(TlsVersion.TLS_1_2);
            case "1.3" -> Set.of(TlsVersion.TLS_1_3);
            default ->
                throw new ParameterException(
                        command.commandLine(), "--tls " + tls.orElse("") + ": expected 1.2 or 1.3");
        };
    }

    /** EAP-PSK's, 16 octets. */
    Secret key(String method) throws StartFailedException {
        Path file = required(method, "--eap-psk-file", pskFile);
        String line = lines("key", file).stream().findFirst().orElse("").strip();
        if (!line.matches("(0x)?[0-9A-Fa-f]{32}")) {
            throw new StartFailedException("key " + file + ": the first line has " + line.length()
                    + " characters; expected 32 hexadecimal digits, with or without 0x");
        }
        return Secret.wrap(HexFormat.of().parseHex(line.substring(line.startsWith("0x") ? 2 : 0)));
    }

    Usim usim(String method) throws StartFailedException {
        Path file = required(method, "--sim-file", simFile);
        Map<String, Octets> fields = new HashMap<>();
        for (String line : lines("SIM", file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.strip().split("=", 2);
                fields.put(words[0].strip(), hex(file, words));
            }
        }
        Octets k = fields.getOrDefault("k", Octets.EMPTY);
        Octets opc = fields.getOrDefault("opc", Octets.EMPTY);
        Octets sqn = fields.getOrDefault("sqn", Sqn.NONE.octets());
        if (k.length() != 16 || opc.length() != 16 || sqn.length() != Sqn.OCTETS) {
            throw new StartFailedException("SIM " + file
                    + ": expected lines k= and opc= with 32 hexadecimal digits each, and perhaps sqn= with 12");
        }
        return new Usim(new Sim(Secret.copyOf(k), Secret.copyOf(opc), Sim.DEFAULT_AMF), Sqn.of(sqn));
    }

    private static Octets hex(Path file, String[] words) throws StartFailedException {
        try {
            return Octets.wrap(HexFormat.of().parseHex(words.length == 2 ? words[1].strip() : "no hexadecimal digits"));
        } catch (IllegalArgumentException e) {
            // Not the parser's message: it quotes the key.
            throw new StartFailedException(
                    "SIM " + file + ": " + words[0] + ": expected '=' and an even number of hexadecimal digits");
        }
    }

    private <T> T required(String method, String option, Optional<T> value) {
        return value.orElseThrow(
                () -> new ParameterException(command.commandLine(), "--eap " + method + " needs " + option + "."));
    }

    private static List<String> lines(String what, Path file) throws StartFailedException {
        try {
            return Files.readString(file).lines().toList();
        } catch (IOException e) {
            throw new StartFailedException(what + " " + file + ": " + Unreadable.why(e));
        }
    }
}
