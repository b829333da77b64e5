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
import org.homeport.kit.Endpoint;

/** What an inspection has seen so far, and how it looks at what many things consist of: files, ports, times. */
final class Findings {
    private static final Duration SOON = Duration.ofDays(30);

    private final List<Finding> all = new ArrayList<>();

    /** Something looked at. */
    interface Look {
        /** What is so. */
        String see() throws StartFailedException;
    }

    /** Whether this program's ports may be in use, because it runs already. */
    enum Running {
        YES,
        NO
    }

    List<Finding> all() {
        return List.copyOf(all);
    }

    void add(Finding finding) {
        all.add(finding);
    }

    /** @return whether it is good */
    boolean attempt(String about, Look look) {
        try {
            add(Finding.ok(about, look.see()));
            return true;
        } catch (StartFailedException e) {
            add(Finding.wrong(about, String.valueOf(e.getMessage())));
            return false;
        }
    }

    /** Secrets that everybody on this host can read are no secrets. */
    void secrecy(String about, Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
                add(Finding.wrong(about, file + " can be read by everybody on this host: chmod o-rwx " + file));
            }
        } catch (IOException e) {
            // That it cannot be read was said by whoever read it.
        }
    }

    /** Whether a certificate holds now. @param what which one, for the sentence */
    void validity(String about, String what, Instant notBefore, Instant notAfter, Instant now) {
        if (now.isBefore(notBefore) || now.isAfter(notAfter)) {
            add(Finding.wrong(
                    about,
                    what + " is valid from " + notBefore + " to " + notAfter
                            + ", not now: renew it, or set the clock"));
        } else if (now.plus(SOON).isAfter(notAfter)) {
            add(Finding.note(about, what + " ends soon: " + notAfter));
        } else {
            add(Finding.ok(about, what + ", until " + notAfter));
        }
    }

    void writable(String about, Path file) {
        Path existing = existing(file);
        add(
                Files.isWritable(existing)
                        ? Finding.ok(about, file + " can be written")
                        : Finding.wrong(about, "no permission to write " + existing + ", for " + file));
    }

    /** SQLite writes files beside its own. */
    void writableDatabase(String about, Path file) {
        Path existing = existing(file);
        Path directory = existing.equals(file.toAbsolutePath())
                ? Optional.ofNullable(existing.getParent()).orElse(existing)
                : existing;
        if (Files.isDirectory(file)) {
            add(Finding.wrong(about, file + " is a directory: expected a file, or the name of one to be made"));
        } else if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            add(Finding.wrong(
                    about,
                    "no permission to make files in " + directory + ", for " + file
                            + " and what SQLite keeps beside it"));
        } else {
            writable(about, file);
        }
    }

    private static Path existing(Path file) {
        return Stream.iterate(Optional.of(file.toAbsolutePath()), p -> p.map(Path::getParent))
                .flatMap(Optional::stream)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    /** Whether a UDP port can be had. */
    void port(Endpoint endpoint, Running running) {
        add(look(endpoint, running));
    }

    private static Finding look(Endpoint endpoint, Running running) {
        String about = "port " + endpoint;
        try (DatagramChannel socket = DatagramChannel.open(
                endpoint.address().isV6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET)) {
            socket.bind(endpoint.toSocketAddress());
            return Finding.ok(about, "free");
        } catch (BindException e) {
            String why = String.valueOf(e.getMessage());
            if (running == Running.YES && why.contains("in use")) {
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
}
