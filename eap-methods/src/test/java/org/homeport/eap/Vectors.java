package org.homeport.eap;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.homeport.kit.Octets;

/** Published test vectors, one properties file per section. */
public record Vectors(Properties values) {
    /** @param path below {@code vectors/}, as "rfc2759/section-9.2" */
    public static Vectors of(String path) {
        Properties values = new Properties();
        try (var stream =
                Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + path + ".properties"), path)) {
            values.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Vectors(values);
    }

    public String text(String name) {
        return Objects.requireNonNull(values.getProperty(name), name);
    }

    public Octets hex(String name) {
        return Octets.fromHex(text(name));
    }
}
