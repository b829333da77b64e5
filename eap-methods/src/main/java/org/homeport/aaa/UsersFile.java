package org.homeport.aaa;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.homeport.eap.Nai;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users in a text file (UTF-8), apart from the configuration because it holds secrets. One user per line: the name,
 * then {@code key=value} words.
 *
 * <pre>
 * # A comment; also after white space at the end of a line.
 * mn1@home.example   secret="correct horse" pool=home6 group=staff,testers
 * mn2@home.example   nt-hash=44EBBA8D5312B8D611474411F56989AE address=2001:db8:1::5
 * mn3@home.example   certificate=yes
 * 232010000000000@wlan.mnc010.mcc232.3gppnetwork.org  k=5122...5fc0 opc=981d...0bcf
 * mn4@home.example   psk=000102030405060708090a0b0c0d0e0f
 * legacy             secret=changeme method=MD5 session-timeout=3600
 * "name with spaces" secret="a \"quoted\" word and a \\"
 * </pre>
 *
 * <ul>
 *   <li>{@code secret=} the password, or {@code nt-hash=} its NT hash (32 hexadecimal digits), or {@code
 *       certificate=yes} for a certificate whose subjectAltName is the user's name (EAP-TLS), or {@code k=} and {@code
 *       opc=} of a SIM (32 hexadecimal digits each; also {@code amf=}, 4, and {@code sqn=}, 12, of numbers used already)
 *       for EAP-AKA and EAP-AKA', or {@code psk=} (32 hexadecimal digits) for EAP-PSK: one of them;
 *   <li>{@code method=} EAP methods this user may use, in order of preference; all that are enabled without it;
 *   <li>{@code address=} home addresses of this user; {@code pool=} where to take them from; {@code group=} for policy;
 *   <li>{@code session-timeout=} seconds.
 * </ul>
 *
 * Lists are separated by commas. Whatever holds white space, {@code "} or a leading {@code #} goes into double quotes,
 * in which {@code \"} and {@code \\} stand for {@code "} and {@code \}; outside of quotes a backslash is itself.
 *
 * <p>A changed file is read again at the next look-up; while it has errors, the users read before stay, and the log
 * says what is wrong.
 */
public final class UsersFile implements UserStore {
    private static final Logger LOG = LoggerFactory.getLogger(UsersFile.class);

    private final Path path;
    private final Set<String> methods;
    private volatile Content content;

    /** By which a change is noticed. */
    private record Stamp(FileTime modified, long size, Optional<Object> key) {}

    private record Content(Stamp stamp, Map<String, User> users) {}

    private UsersFile(Path path, Set<String> methods, Content content) {
        this.path = path;
        this.methods = methods;
        this.content = content;
    }

    /**
     * Reads the file; later changes are noticed.
     *
     * @param methods names of all EAP methods that a user may be given
     */
    public static UsersFile open(Path path, Set<String> methods) throws UsersFileException {
        Set<String> known = Set.copyOf(methods);
        return new UsersFile(path, known, read(path, known));
    }

    @Override
    public Optional<User> find(Nai name) {
        refresh();
        return Optional.ofNullable(content.users().get(name.key()));
    }

    public int size() {
        return content.users().size();
    }

    /** Reads the file now. */
    public synchronized void reload() throws UsersFileException {
        content = read(path, methods);
    }

    private void refresh() {
        Stamp now;
        try {
            now = stamp(path);
        } catch (IOException e) {
            LOG.error("users file {} cannot be read, keeping {} users: {}", path, size(), e.toString());
            return;
        }
        if (!now.equals(content.stamp())) {
            refresh(now);
        }
    }

    private synchronized void refresh(Stamp now) {
        if (now.equals(content.stamp())) {
            return;
        }
        try {
            reload();
            LOG.info("users file {} changed: {} users", path, size());
        } catch (UsersFileException e) {
            LOG.error("users file changed, keeping {} users: {}", size(), e.getMessage());
            content = new Content(now, content.users());
        }
    }

    private static Content read(Path path, Set<String> methods) throws UsersFileException {
        try {
            // The stamp first: what changes while we read is read again.
            Stamp stamp = stamp(path);
            warnIfOpen(path);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            return new Content(stamp, new UsersFileParser(path.toString(), methods).parse(text));
        } catch (CharacterCodingException e) {
            throw new UsersFileException("users file " + path + " is not UTF-8", e);
        } catch (IOException e) {
            throw new UsersFileException("users file " + path + " cannot be read: " + e, e);
        }
    }

    private static Stamp stamp(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), Optional.ofNullable(attributes.fileKey()));
    }

    private static void warnIfOpen(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Objects.requireNonNull(Files.getPosixFilePermissions(path));
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            LOG.warn("users file {} can be read by everybody on this machine: chmod o-r {}", path, path);
        }
    }
}
