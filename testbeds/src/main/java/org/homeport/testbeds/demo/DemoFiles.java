package org.homeport.testbeds.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.homeport.crypto.CertificateAuthority;
import org.homeport.crypto.CertificateAuthority.Purpose;
import org.homeport.crypto.CertificateSubject;
import org.homeport.crypto.KeyKind;
import org.homeport.kit.IpAddress;
import org.homeport.kit.RandomSource;
import org.jspecify.annotations.Nullable;

/** The demonstration's configuration, certificates and user, in a directory that is gone afterwards. */
final class DemoFiles implements AutoCloseable {
    static final String IDENTITY = "ha.example.org";
    static final String USER = "mn1@example.org";
    static final String PASSWORD = "secret1";

    private static final Duration LIFETIME = Duration.ofDays(1);

    private static final String CONFIGURATION = """
            listen:
              - {address: "%s", port: 0, nat-port: 0}
            identity: %s
            certificate: ha.crt
            private-key: ha.key
            sa-backend: none
            aaa: {users: users}
            pools:
              home: {prefix: "2001:db8:100::/64"}
            connections:
              nodes:
                remote: "*@example.org"
                auth: eap
                pools: [home]
                children:
                  mh: {mode: transport, local: ["dynamic[mh]"], remote: ["dynamic[mh]"]}
            lease-store: leases.db
            control: control.sock
            log: {level: warn}
            """;

    private final Path directory;

    private DemoFiles(Path directory) {
        this.directory = directory;
    }

    /** @param agent where the home agent listens */
    static DemoFiles make(IpAddress agent, RandomSource random, Instant now) throws IOException {
        Path directory = Files.createTempDirectory(
                "homeport-demo", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        DemoFiles files = new DemoFiles(directory);
        CertificateAuthority authority =
                CertificateAuthority.create("Demonstration CA", KeyKind.ECDSA_P256, now, LIFETIME, random);
        authority.write(directory.resolve("ca.key"), directory.resolve("ca.crt"));
        authority
                .issue(CertificateSubject.host(IDENTITY), Purpose.SERVER, KeyKind.ECDSA_P256, now, LIFETIME, random)
                .write(directory.resolve("ha.key"), directory.resolve("ha.crt"));
        files.write("users", USER + " secret=" + PASSWORD + "\n");
        files.write("homeport.yaml", CONFIGURATION.formatted(agent, IDENTITY));
        return files;
    }

    Path configuration() {
        return directory.resolve("homeport.yaml");
    }

    Path trustAnchor() {
        return directory.resolve("ca.crt");
    }

    private void write(String name, String text) throws IOException {
        Path file = Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path done, @Nullable IOException e) throws IOException {
                Files.delete(done);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
