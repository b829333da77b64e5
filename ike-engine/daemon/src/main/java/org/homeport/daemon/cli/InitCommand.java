package org.homeport.daemon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.homeport.crypto.CertificateAuthority;
import org.homeport.crypto.CertificateAuthority.Purpose;
import org.homeport.crypto.CertificateSubject;
import org.homeport.crypto.KeyKind;
import org.homeport.daemon.Host;
import org.homeport.daemon.StartFailedException;
import org.homeport.daemon.Surroundings;
import org.homeport.daemon.config.ListenSettings;
import org.homeport.kit.IpAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code homeport init}. */
@Command(
        name = "init",
        description = "Makes a directory with everything for a first run: a throw-away certificate authority, the"
                + " responder's certificate, a commented configuration, one user, a strongSwan client's swanctl.conf.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "As root with a kernel that has ESP it uses ports 500 and 4500 and the kernel; else ports 5500 and 5501",
            "and no ESP. Files that are there already are never replaced.",
            "",
            "Examples:",
            "  homeport init first",
            "  homeport init /etc/homeport --identity ha.example.net --user alice@example.org"
        })
public final class InitCommand implements Callable<Integer> {
    private static final Duration LIFETIME = Duration.ofDays(365);
    private static final int PASSWORD_OCTETS = 12;
    private static final int UNPRIVILEGED_PORT = 5500;

    /** For picocli. */
    static final class AddressConverter implements ITypeConverter<IpAddress> {
        @Override
        public IpAddress convert(String text) {
            try {
                return IpAddress.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "is made if it is not there")
    private Path directory = Path.of(".");

    @Option(
            names = "--identity",
            paramLabel = "NAME",
            defaultValue = "ha.example.org",
            description = "the responder's name (default: ${DEFAULT-VALUE})")
    private String identity = "ha.example.org";

    @Option(
            names = "--user",
            paramLabel = "NAI",
            defaultValue = "alice@example.org",
            description = "the first user (default: ${DEFAULT-VALUE})")
    private String user = "alice@example.org";

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            converter = AddressConverter.class,
            description = "where to listen; may be given several times (default: this host's main addresses)")
    private List<IpAddress> listen = new ArrayList<>();

    @Override
    public Integer call() throws IOException, StartFailedException {
        Surroundings surroundings = Surroundings.real();
        List<String> names = List.of("homeport.yaml", "ca.key", "ca.crt", "ha.key", "ha.crt", "users");
        for (String name : names) {
            if (Files.exists(directory.resolve(name))) {
                throw new StartFailedException(directory.resolve(name)
                        + " is there already and is not replaced: name another directory, or move it away");
            }
        }
        Files.createDirectories(directory.resolve("strongswan"));
        String password = surroundings.random().octets(PASSWORD_OCTETS).hex();
        boolean kernel = Host.canUseKernelEsp(surroundings.random());
        int port = kernel ? ListenSettings.IKE_PORT : UNPRIVILEGED_PORT;
        int natPort = kernel ? ListenSettings.NAT_PORT : UNPRIVILEGED_PORT + 1;

        List<IpAddress> addresses = listen.isEmpty() ? Host.mainAddresses() : listen;

        certificates(surroundings);
        write("users", "# Users of the embedded AAA: name secret=password\n" + user + " secret=" + password + "\n");
        write(
                "homeport.yaml",
                filled(
                        "homeport.yaml",
                        Map.of(
                                "LISTEN",
                                listen(addresses, port, natPort),
                                "IDENTITY",
                                identity,
                                "BACKEND",
                                kernel ? "kernel" : "none")));
        write(
                "strongswan/swanctl.conf",
                filled(
                        "swanctl.conf",
                        Map.of(
                                "REMOTE",
                                addresses.getFirst().toString(),
                                "PORTS",
                                kernel
                                        ? ""
                                        : "    # IKE behind the non-ESP marker from the start, as on port 4500.\n"
                                                + "    local_port = 4500\n    remote_port = " + natPort + "\n",
                                "USER",
                                user,
                                "IDENTITY",
                                identity,
                                "PASSWORD",
                                password)));
        explain(kernel);
        return ExitCodes.DONE;
    }

    private void certificates(Surroundings surroundings) throws IOException {
        CertificateAuthority authority = CertificateAuthority.create(
                "Homeport throw-away CA",
                KeyKind.ECDSA_P256,
                surroundings.clock().instant(),
                LIFETIME,
                surroundings.random());
        authority.write(directory.resolve("ca.key"), directory.resolve("ca.crt"));
        authority
                .issue(
                        CertificateSubject.host(identity),
                        Purpose.SERVER,
                        KeyKind.ECDSA_P256,
                        surroundings.clock().instant(),
                        LIFETIME,
                        surroundings.random())
                .write(directory.resolve("ha.key"), directory.resolve("ha.crt"));
    }

    /** Readable by its owner alone: most of them hold a password. */
    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static String filled(String template, Map<String, String> values) throws IOException {
        String text;
        try (InputStream in = InitCommand.class.getResourceAsStream(template)) {
            if (in == null) {
                throw new IllegalStateException("not in the jar: " + template);
            }
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        return text;
    }

    private static String listen(List<IpAddress> addresses, int port, int natPort) {
        StringBuilder lines = new StringBuilder();
        addresses.forEach(address -> lines.append("  - {address: \"")
                .append(address)
                .append("\", port: ")
                .append(port)
                .append(", nat-port: ")
                .append(natPort)
                .append("}\n"));
        return lines.toString();
    }

    private void explain(boolean kernel) {
        PrintWriter out = spec.commandLine().getOut();
        String file = directory.resolve("homeport.yaml").toString();
        out.println(
                "Made in " + directory + ": a certificate authority to throw away (ca.crt, ca.key), the certificate");
        out.println("of " + identity + " (ha.crt, ha.key), the user " + user + " with a random password (users), the");
        out.println("configuration (homeport.yaml) and a strongSwan client for it (strongswan/swanctl.conf).");
        if (!kernel) {
            out.println();
            out.println(
                    "Without root, or without ESP in the kernel, it says 'sa-backend: none': nodes authenticate and");
            out.println("get their home addresses, and no ESP is installed.");
        }
        out.println();
        out.println("Next:");
        out.println("  homeport check -c " + file);
        out.println("  homeport run -c " + file);
        out.println("  homeport status -c " + file);
        out.flush();
    }
}
