package org.homeport.daemon.observe;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Asks a running daemon. */
public final class ControlClient {
    private ControlClient() {}

    /** Asks a question that is one word. */
    public static String ask(Path socket, String command) throws IOException {
        return ask(socket, Map.of("command", command));
    }

    /**
     * Asks one question.
     *
     * @param question {@code command} and what belongs to it
     * @return the answer's line, as it came
     * @throws IOException if nobody answers there
     */
    public static String ask(Path socket, Map<String, ?> question) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(StandardCharsets.UTF_8.encode(Json.write(question) + "\n"));
            BufferedReader lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the daemon closed the connection without an answer");
            }
            return line;
        }
    }
}
