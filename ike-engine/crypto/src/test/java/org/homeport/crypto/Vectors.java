package org.homeport.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * Published test vectors: "name = value" lines, hexadecimal values going on in indented lines, cases parted by blank
 * lines, comments behind "#".
 */
record Vectors(Map<String, String> values) {
    static List<Vectors> read(String resource) {
        List<Vectors> cases = new ArrayList<>();
        for (String block : text(resource).split("\n\\s*\n")) {
            Map<String, String> values = new LinkedHashMap<>();
            String name = "";
            for (String line : block.split("\n")) {
                if (line.startsWith("#")) {
                    continue;
                }
                int equals = line.indexOf('=');
                if (equals > 0) {
                    name = line.substring(0, equals).strip();
                }
                values.merge(name, line.substring(equals + 1).strip(), String::concat);
            }
            if (!values.isEmpty()) {
                cases.add(new Vectors(values));
            }
        }
        return cases;
    }

    private static String text(String resource) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Octets octets(String name) {
        return Octets.fromHex(values.get(name));
    }

    Secret secret(String name) {
        return Secret.copyOf(octets(name));
    }

    BigInteger number(String name) {
        return new BigInteger(values.get(name), 16);
    }

    int decimal(String name) {
        return Integer.parseInt(values.get(name));
    }
}
