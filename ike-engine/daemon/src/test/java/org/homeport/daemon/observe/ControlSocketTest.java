package org.homeport.daemon.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSocketTest {
    @TempDir
    Path directory;

    @Test
    void questionsAreAnsweredLineByLine() throws Exception {
        Path path = directory.resolve("run/control");
        try (ControlSocket socket = ControlSocket.claim(path)) {
            socket.answer(question -> Map.of("said", List.of(question.text("command"), "\"é\n")));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            String line = ControlClient.ask(path, "status");
            assertThat(line).isEqualTo("{\"said\":[\"status\",\"\\\"\\u00e9\\u000a\"]}");
            assertThat(Json.readObject(line).texts("said")).containsExactly("status", "\"é\n");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void questionHasMoreThanItsCommandAndAnswersMayBeLong() throws Exception {
        Path path = directory.resolve("control");
        try (ControlSocket socket = ControlSocket.claim(path)) {
            socket.answer(question -> Map.of(
                    "many",
                    Collections.nCopies(
                            20_000, Map.of("letter", question.text("letter").repeat(200)))));
            String line = ControlClient.ask(path, Map.of("command", "repeat", "letter", "x"));
            assertThat(line).hasSizeGreaterThan(4_000_000);
            assertThat(Json.readObject(line).objects("many")).hasSize(20_000);
        }
    }

    @Test
    void socketOfAKilledRunIsReplaced() throws Exception {
        Path path = directory.resolve("control");
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();
        try (ControlSocket socket = ControlSocket.claim(path)) {
            socket.answer(command -> Map.of("ok", true));
            assertThat(ControlClient.ask(path, "status")).isEqualTo("{\"ok\":true}");
        }
    }

    @Test
    void socketOfALivingRunIsNot() throws Exception {
        Path path = directory.resolve("control");
        try (ControlSocket socket = ControlSocket.claim(path)) {
            socket.answer(command -> Map.of());
            assertThatIOException()
                    .isThrownBy(() -> ControlSocket.claim(path).close())
                    .withMessageContaining("another homeport is running");
            assertThat(ControlClient.ask(path, "status")).isEqualTo("{}");
        }
    }
}
