package org.homeport.xfrm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.homeport.kit.Octets;

/** Message bodies under {@code vectors/iproute2}. */
final class Vectors {
    private Vectors() {}

    static Octets iproute2(String name) {
        try (InputStream file = Vectors.class.getResourceAsStream("/vectors/iproute2/" + name + ".txt")) {
            return Octets.fromHex(new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
