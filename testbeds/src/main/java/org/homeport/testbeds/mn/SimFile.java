package org.homeport.testbeds.mn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.homeport.daemon.StartFailedException;
import org.homeport.daemon.config.Unreadable;
import org.homeport.eap.aka.SimFields;
import org.homeport.eap.aka.Subscriber;
import org.homeport.kit.Secret;

/** Keys of a node in files of their own: words or lines like {@code k=...}; {@code #} begins a comment. */
final class SimFile {
    private SimFile() {}

    static Subscriber read(Path file) throws StartFailedException {
        SimFields fields = new SimFields();
        try {
            for (String line : lines(file)) {
                for (String word : line.replaceFirst("#.*", "").strip().split("\\s+")) {
                    if (!word.isEmpty()) {
                        int equals = word.indexOf('=');
                        fields.take(word.substring(0, Math.max(equals, 0)), word.substring(equals + 1));
                    }
                }
            }
            return fields.subscriber(file.toString());
        } catch (SimFields.WrongFieldException e) {
            throw new StartFailedException("SIM " + file + ": " + e.getMessage());
        }
    }

    /** @return 16 octets */
    static Secret key(Path file) throws StartFailedException {
        String line = lines(file).stream().findFirst().orElse("").strip();
        if (!line.matches("[0-9A-Fa-f]{32}")) {
            throw new StartFailedException(
                    "key " + file + ": the first line has " + line.length() + " characters; expected 32 hexadecimal digits");
        }
        return Secret.wrap(HexFormat.of().parseHex(line));
    }

    private static List<String> lines(Path file) throws StartFailedException {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new StartFailedException("key " + file + ": " + Unreadable.why(e));
        }
    }
}
