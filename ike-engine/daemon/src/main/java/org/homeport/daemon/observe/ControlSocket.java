package org.homeport.daemon.observe;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions on a UNIX domain socket: one JSON object per line, as {@code {"command":"status"}}, one line back; a command may
 * have more keys beside it.
 * Only the owner of the process reaches it (mode 0600).
 */
public final class ControlSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.control");
    private static final int LONGEST_QUESTION = 4096;

    private final Path path;
    private final ServerSocketChannel server;

    private ControlSocket(Path path, ServerSocketChannel server) {
        this.path = path;
        this.server = server;
    }

    /**
     * Takes the path, so that no other process gets it. Whoever asks waits until {@link #answer} is called.
     *
     * @throws IOException also if another process already has this path
     */
    public static ControlSocket claim(Path path) throws IOException {
        refuseToReplaceLiving(path);
        Path parent = path.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        // Bound where nobody else can look, then moved: at no time can another user connect.
        Path hidden = Files.createTempDirectory(
                parent, ".hp", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path fresh = hidden.resolve("s");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(fresh));
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            server.close();
            Files.deleteIfExists(fresh);
            throw e;
        } finally {
            Files.deleteIfExists(hidden);
        }
        return new ControlSocket(path, server);
    }

    /** Begins to answer. @param answers what to say to a question */
    public void answer(Function<JsonObject, Map<String, Object>> answers) {
        Thread.ofVirtual().name("control").start(() -> serve(answers));
    }

    private static void refuseToReplaceLiving(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new IOException("another homeport is running: it answers at " + path);
        } catch (java.net.SocketException dead) {
            // Left over from a run that was killed; replaced below.
        }
    }

    private void serve(Function<JsonObject, Map<String, Object>> answers) {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                Thread.ofVirtual().name("control-client").start(() -> converse(client, answers));
            } catch (IOException e) {
                if (server.isOpen()) {
                    LOG.atWarn()
                            .addKeyValue(EventLog.EVENT, "control.failed")
                            .addKeyValue("why", e.getMessage())
                            .log();
                }
            }
        }
    }

    private static void converse(SocketChannel client, Function<JsonObject, Map<String, Object>> answers) {
        try (client;
                BufferedReader lines =
                        new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8), LONGEST_QUESTION)) {
            String line;
            while ((line = lines.readLine()) != null && line.length() <= LONGEST_QUESTION) {
                ByteBuffer answer = StandardCharsets.UTF_8.encode(Json.write(answer(line, answers)) + "\n");
                while (answer.hasRemaining()) {
                    client.write(answer);
                }
            }
        } catch (IOException e) {
            LOG.debug("a control client went away: {}", e.getMessage());
        }
    }

    private static Map<String, Object> answer(String line, Function<JsonObject, Map<String, Object>> answers) {
        try {
            return answers.apply(Json.readObject(line));
        } catch (IllegalArgumentException e) {
            return Map.of("error", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }
}
