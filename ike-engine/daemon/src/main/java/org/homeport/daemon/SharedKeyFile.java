package org.homeport.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.homeport.daemon.config.Unreadable;
import org.homeport.kit.Secret;

/**
 * A pre-shared key in a file of its own: its first line, as strongSwan writes secrets: text, {@code 0x} and
 * hexadecimal digits, or {@code 0s} and Base64.
 */
public final class SharedKeyFile {
    private SharedKeyFile() {}

    /** @throws StartFailedException naming the file and what is wrong with it, never the key */
    public static Secret read(Path file) throws StartFailedException {
        return read("pre-shared key", file);
    }

    /** As {@link #read(Path)}. @param what it is, for what is told of mistakes */
    static Secret read(String what, Path file) throws StartFailedException {
        String line;
        try {
            line = Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
        } catch (IOException e) {
            throw new StartFailedException(what + " " + file + ": " + Unreadable.why(e));
        }
        if (line.isEmpty()) {
            throw new StartFailedException(what + " " + file + ": the first line is empty; expected the key");
        }
        Secret key;
        try {
            key = line.startsWith("0x")
                    ? Secret.wrap(HexFormat.of().parseHex(line.substring(2)))
                    : line.startsWith("0s")
                            ? Secret.wrap(Base64.getDecoder().decode(line.substring(2)))
                            : Secret.utf8(line);
        } catch (IllegalArgumentException e) {
            // Not the parser's message: it quotes the key.
            throw new StartFailedException(
                    what + " " + file + ": begins with 0x or 0s, but hexadecimal digits or Base64 do not follow");
        }
        if (key.length() == 0) {
            throw new StartFailedException(what + " " + file + ": begins with 0x or 0s, but no key follows");
        }
        return key;
    }
}
