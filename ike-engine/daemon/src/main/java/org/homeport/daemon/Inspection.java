package org.homeport.daemon;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.homeport.aaa.UsersFile;
import org.homeport.crypto.CertificateFacts;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.crypto.PemFiles;
import org.homeport.crypto.PkixCertificateVerifier;
import org.homeport.daemon.config.AaaSettings;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.Configuration.Credentials;
import org.homeport.daemon.config.ConnectionSettings.Auth;
import org.homeport.daemon.config.EmbeddedSettings;
import org.homeport.daemon.config.ListenSettings;
import org.homeport.daemon.observe.ControlClient;
import org.homeport.kit.Endpoint;
import org.homeport.lease.Pools;
import org.homeport.xfrm.XfrmCheck;

/** Looks at everything a start would need, and changes nothing. */
public final class Inspection {
    private static final Duration SOON = Duration.ofDays(30);

    private final Configuration configuration;
    private final Surroundings surroundings;
    private final List<Finding> findings = new ArrayList<>();

    private Inspection(Configuration configuration, Surroundings surroundings) {
        this.configuration = configuration;
        this.surroundings = surroundings;
    }

    /** In the order in which a start would meet them. */
    public static List<Finding> of(Configuration configuration, Surroundings surroundings) {
        Inspection inspection = new Inspection(configuration, surroundings);
        inspection.configuration.credentials().ifPresent(inspection::certificate);
        inspection.trustAnchors();
        inspection.sharedKeys();
        inspection.configuration.aaa().flatMap(AaaSettings::embedded).ifPresent(inspection::users);
        inspection.pools();
        inspection.writable("lease store", configuration.leaseStore());
        inspection.configuration.keyLog().ifPresent(inspection::keyLog);
        inspection.ports();
        inspection.kernel();
        return List.copyOf(inspection.findings);
    }

    private void certificate(Credentials credentials) {
        String about = "certificate";
        try {
            Connections.signer(credentials, configuration.algorithms());
            CertificateFacts facts = CertificateFacts.of(
                    PemFiles.certificates(credentials.certificate()).getFirst(), configuration.identity());
            Instant now = surroundings.clock().instant();
            if (now.isBefore(facts.notBefore()) || now.isAfter(facts.notAfter())) {
                add(Finding.wrong(
                        about,
                        credentials.certificate() + " is valid from " + facts.notBefore() + " to " + facts.notAfter()
                                + ", not now: renew it, or set the clock"));
            } else if (now.plus(SOON).isAfter(facts.notAfter())) {
                add(Finding.note(about, credentials.certificate() + " ends soon: " + facts.notAfter()));
            } else {
                add(Finding.ok(about, facts.subject() + ", until " + facts.notAfter() + ", with its private key"));
            }
            add(facts.objection()
                    .map(why -> Finding.wrong(
                            about,
                            why + ": peers that check will refuse us; 'identity' has to be one"
                                    + " of its subjectAltNames"))
                    .orElseGet(() -> Finding.ok(about, "is for " + configuration.identity())));
        } catch (KeyMaterialException e) {
            add(Finding.wrong(about, String.valueOf(e.getMessage())));
        }
        secrecy(about, credentials.privateKey());
    }

    private void trustAnchors() {
        if (configuration.trustAnchors().isEmpty()) {
            return;
        }
        try {
            PkixCertificateVerifier.load(configuration.trustAnchors());
            add(Finding.ok("trust anchors", configuration.trustAnchors().size() + " loaded"));
        } catch (KeyMaterialException e) {
            add(Finding.wrong("trust anchors", String.valueOf(e.getMessage())));
        }
    }

    private void sharedKeys() {
        configuration.connections().forEach(connection -> {
            if (connection.auth() instanceof Auth.SharedKey(Path file)) {
                String about = "key of " + connection.name();
                attempt(about, () -> {
                    SharedKeyFile.read(file).close();
                    return file + " read";
                });
                secrecy(about, file);
            }
        });
    }

    private void users(EmbeddedSettings settings) {
        attempt("users", () -> {
            UsersFile users = EmbeddedUsers.users(
                    settings,
                    EmbeddedUsers.methods(settings, configuration, surroundings.clock(), surroundings.random()));
            return settings.users() + ": " + users.size();
        });
        secrecy("users", settings.users());
    }

    private void pools() {
        try {
            Pools pools = Pools.of(configuration.pools(), Host.addresses());
            pools.all()
                    .forEach(pool -> add(
                            Finding.ok("pool " + pool.name(), pool.all().size() + " addresses of " + pool.prefix())));
        } catch (IllegalArgumentException | IOException e) {
            add(Finding.wrong("pools", String.valueOf(e.getMessage())));
        }
    }

    private void keyLog(Path file) {
        writable("key log", file);
        add(Finding.note("key log", "is on: whoever reads " + file + " reads the IKE exchanges"));
    }

    private void writable(String about, Path file) {
        Path existing = Stream.iterate(Optional.of(file.toAbsolutePath()), p -> p.map(Path::getParent))
                .flatMap(Optional::stream)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        add(
                Files.isWritable(existing)
                        ? Finding.ok(about, file + " can be written")
                        : Finding.wrong(about, "no permission to write " + existing + ", for " + file));
    }

    private void ports() {
        boolean running = isRunning();
        for (ListenSettings listen : configuration.listen()) {
            for (Endpoint endpoint : List.of(listen.plain(), listen.encapsulated())) {
                add(port(endpoint, running));
            }
        }
    }

    private boolean isRunning() {
        try {
            ControlClient.ask(configuration.control(), "status");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Finding port(Endpoint endpoint, boolean running) {
        String about = "port " + endpoint;
        try (DatagramChannel socket = DatagramChannel.open(
                endpoint.address().isV6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET)) {
            socket.bind(endpoint.toSocketAddress());
            return Finding.ok(about, "free");
        } catch (BindException e) {
            String why = String.valueOf(e.getMessage());
            if (running && why.contains("in use")) {
                return Finding.ok(about, "in use, by the homeport that runs with this configuration");
            }
            return Finding.wrong(
                    about,
                    why
                            + (why.contains("in use")
                                    ? ": end what has it ('ss -ulnp' tells), or choose another port"
                                    : why.contains("assign")
                                            ? ": this host does not have the address ('ip address' tells)"
                                            : ": ports below 1024 want root or CAP_NET_BIND_SERVICE"));
        } catch (IOException e) {
            return Finding.wrong(about, String.valueOf(e.getMessage()));
        }
    }

    private void kernel() {
        switch (configuration.saBackend()) {
            case NONE -> add(Finding.note("ESP", "sa-backend is none: no traffic will be protected"));
            case KERNEL ->
                XfrmCheck.check(SaSide.settings(configuration), surroundings.random())
                        .forEach(found -> add(
                                switch (found.verdict()) {
                                    case GOOD -> Finding.ok("ESP", found.sentence());
                                    case LIMITED -> Finding.note("ESP", found.sentence());
                                    case UNUSABLE ->
                                        Finding.wrong(
                                                "ESP",
                                                found.sentence() + ". To run without SAs, set 'sa-backend: none'.");
                                }));
        }
    }

    /** Secrets that everybody on this host can read are no secrets. */
    private void secrecy(String about, Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
                add(Finding.wrong(about, file + " can be read by everybody on this host: chmod o-rwx " + file));
            }
        } catch (IOException e) {
            // That it cannot be read was said by whoever read it.
        }
    }

    private interface Look {
        String see() throws StartFailedException;
    }

    private void attempt(String about, Look look) {
        try {
            add(Finding.ok(about, look.see()));
        } catch (StartFailedException e) {
            add(Finding.wrong(about, String.valueOf(e.getMessage())));
        }
    }

    private void add(Finding finding) {
        findings.add(finding);
    }
}
