package org.homeport.testbeds.mn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.LocalAuth.EapOnly;
import org.homeport.core.policy.RemoteAuth.WithoutMsk;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.crypto.PemFiles;
import org.homeport.daemon.StartFailedException;
import org.homeport.daemon.config.Unreadable;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.md5.Md5Peer;
import org.homeport.eap.mschapv2.MschapV2Peer;
import org.homeport.eap.mschapv2.NtHash;
import org.homeport.eap.peap.PeapPeer;
import org.homeport.eap.tls.CertifiedKey;
import org.homeport.eap.tls.EapTlsFragments;
import org.homeport.eap.tls.TlsClientSettings;
import org.homeport.eap.tls.TlsClientSide;
import org.homeport.eap.tls.TlsPeer;
import org.homeport.eap.tls.TlsSettingsException;
import org.homeport.eap.tls.TlsVersion;
import org.homeport.eap.tls.TrustAnchors;
import org.homeport.eap.ttls.TtlsPeer;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the node proves itself by EAP, as options of a command. */
final class EapOptions {
    /** Octets of an EAP-TLS packet: IKE_AUTH with one fits into the smallest IPv6 packet. */
    private static final int FRAGMENT = 1024;

    /** In the words of the configuration. */
    enum Method {
        MSCHAPV2,
        MD5,
        TLS,
        TTLS,
        PEAP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(
            names = "--eap",
            split = ",",
            paramLabel = "METHOD",
            description = "EAP methods in order of preference: ${COMPLETION-CANDIDATES}"
                    + " (default: those that there are credentials for)")
    private List<Method> methods = List.of();

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
            description = "trust anchors for the AAA server's certificate, PEM (default: those of --ca)")
    private List<Path> anchors = List.of();

    @Option(
            names = "--eap-server-name",
            paramLabel = "NAME",
            split = ",",
            description =
                    "names of which the AAA server's certificate has to bear one (default: any below the anchors)")
    private List<String> serverNames = List.of();

    @Option(
            names = "--inner",
            paramLabel = "METHOD",
            defaultValue = "mschapv2",
            description = "inside ttls and peap: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE});"
                    + " with peap mschapv2 or gtc")
    private InnerMethod inner = InnerMethod.MSCHAPV2;

    @Option(names = "--tls", paramLabel = "VERSION", description = "1.2 or 1.3 alone (default: both)")
    private Optional<String> tls = Optional.empty();

    @Option(
            names = "--anonymous",
            paramLabel = "NAI",
            description = "who we say to be where others listen, as anonymous@example.org; --identity goes in a tunnel")
    private Optional<String> anonymous = Optional.empty();

    @Option(names = "--eap-only", description = "let EAP alone prove the home agent, if the method can (RFC 5998)")
    private boolean only;

    @Option(names = "--allow-without-msk", description = "take methods that make no key, such as md5")
    private boolean withoutMsk;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Whether the node is to use EAP at all. */
    boolean given() {
        return !methods.isEmpty() || password.isPresent() || passwordFile.isPresent() || certificate.isPresent();
    }

    /** Who we say to be in IDi and EAP-Response/Identity. */
    String outer(String identity) {
        return anonymous.orElse(identity);
    }

    LocalAuth local(String identity) {
        return new LocalAuth.ByEap(
                PeerIdentity.parse(outer(identity)),
                withoutMsk ? WithoutMsk.ALLOW : WithoutMsk.REFUSE,
                only ? EapOnly.OFFERED : EapOnly.WITHHELD);
    }

    /**
     * @param identity who the node is
     * @param otherwise trust anchors where EAP has none of its own
     */
    EapPeers peers(String identity, List<Path> otherwise) throws KeyMaterialException, StartFailedException {
        List<Maker> makers = new ArrayList<>();
        for (Method method : methods.isEmpty() ? possible() : methods) {
            makers.add(
                    switch (method) {
                        case MSCHAPV2 -> mschapV2(identity);
                        case MD5 -> md5(identity);
                        case TLS -> tls(otherwise);
                        case TTLS -> ttls(identity, otherwise);
                        case PEAP -> peap(identity, otherwise);
                    });
        }
        return random -> new EapPeer(
                Octets.utf8(outer(identity)),
                makers.stream().map(maker -> maker.make(random)).toList(),
                EapLimits.DEFAULT);
    }

    /** Makes a method's peer for one conversation. */
    private interface Maker {
        PeerMethod make(RandomSource random);
    }

    private List<Method> possible() {
        List<Method> possible = new ArrayList<>();
        if (certificate.isPresent()) {
            possible.add(Method.TLS);
        }
        if (password.isPresent() || passwordFile.isPresent()) {
            possible.addAll(List.of(Method.MSCHAPV2, Method.MD5));
        }
        return possible;
    }

    private Maker mschapV2(String identity) throws StartFailedException {
        NtHash hash = NtHash.ofPassword(secret("mschapv2"));
        return random -> new MschapV2Peer(identity, hash, random);
    }

    private Maker md5(String identity) throws StartFailedException {
        Secret secret = secret("md5");
        return random -> new Md5Peer(identity, secret);
    }

    private Maker tls(List<Path> otherwise) throws KeyMaterialException {
        TlsClientSettings settings =
                tlsSettings(Optional.of(certified(required("tls", "--eap-certificate", certificate))), otherwise);
        return random -> new TlsPeer(
                new TlsClientSide(settings, InstantSource.system(), random), new EapTlsFragments(0, FRAGMENT));
    }

    private Maker ttls(String identity, List<Path> otherwise) throws KeyMaterialException, StartFailedException {
        Secret secret = secret("ttls");
        TlsClientSettings settings = tlsSettings(Optional.empty(), otherwise);
        return random -> TtlsPeer.of(
                new TlsClientSide(settings, InstantSource.system(), random),
                FRAGMENT,
                inner.inTtls(identity, secret, random),
                random);
    }

    private Maker peap(String identity, List<Path> otherwise) throws KeyMaterialException, StartFailedException {
        if (inner != InnerMethod.MSCHAPV2 && inner != InnerMethod.GTC) {
            throw new ParameterException(
                    command.commandLine(), "--inner " + inner + ": expected mschapv2 or gtc, for --eap peap");
        }
        Secret secret = secret("peap");
        TlsClientSettings settings = tlsSettings(Optional.empty(), otherwise);
        return random -> PeapPeer.of(
                new TlsClientSide(settings, InstantSource.system(), random),
                FRAGMENT,
                inner.inPeap(identity, secret, random));
    }

    private CertifiedKey certified(Path chain) throws KeyMaterialException {
        Path key = required("tls", "--eap-private-key", privateKey);
        try {
            return CertifiedKey.of(PemFiles.certificates(chain), PemFiles.pkcs8(key));
        } catch (TlsSettingsException e) {
            throw new KeyMaterialException(chain + " and " + key + ": " + e.getMessage());
        }
    }

    private TlsClientSettings tlsSettings(Optional<CertifiedKey> own, List<Path> otherwise)
            throws KeyMaterialException {
        List<Path> files = anchors.isEmpty() ? otherwise : anchors;
        List<Octets> certificates = new ArrayList<>();
        for (Path file : files) {
            certificates.addAll(PemFiles.certificates(file));
        }
        if (certificates.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "Whom shall the node trust as its AAA server? Give --eap-ca FILE.");
        }
        try {
            return new TlsClientSettings(own, TrustAnchors.of(certificates), Set.copyOf(serverNames), versions());
        } catch (TlsSettingsException e) {
            throw new KeyMaterialException(files + ": " + e.getMessage());
        }
    }

    private Set<TlsVersion> versions() {
        return switch (tls.orElse("")) {
            case "" -> Set.of(TlsVersion.values());
            case "1.2" -> Set.of(TlsVersion.TLS_1_2);
            case "1.3" -> Set.of(TlsVersion.TLS_1_3);
            default ->
                throw new ParameterException(command.commandLine(), "--tls " + tls.get() + ": expected 1.2 or 1.3");
        };
    }

    private <T> T required(String method, String option, Optional<T> value) {
        return value.orElseThrow(
                () -> new ParameterException(command.commandLine(), "--eap " + method + " needs " + option + "."));
    }

    private Secret secret(String method) throws StartFailedException {
        if (password.isPresent()) {
            return Secret.utf8(password.get());
        }
        return firstLine(required(method, "--password-file", passwordFile));
    }

    /** As it stands there: a password may begin or end with a space. */
    private static Secret firstLine(Path file) throws StartFailedException {
        try {
            return Files.readString(file)
                    .lines()
                    .findFirst()
                    .filter(line -> !line.isEmpty())
                    .map(Secret::utf8)
                    .orElseThrow(() -> new StartFailedException(
                            "password " + file + ": the first line is empty; expected the password"));
        } catch (IOException e) {
            throw new StartFailedException("password " + file + ": " + Unreadable.why(e));
        }
    }
}
