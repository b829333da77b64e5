package org.homeport.daemon.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One thing that is wrong with a configuration file.
 *
 * @param line counted from 1, {@code column} likewise
 * @param key dotted from the top of the file; empty for the file itself
 * @param value as it stands in the file; empty where something is missing
 * @param message what is wrong or missing, and what was expected
 * @param suggestion what was probably meant
 */
public record Problem(
        Path file,
        int line,
        int column,
        String key,
        Optional<String> value,
        String message,
        Optional<String> suggestion) {

    /** {@code homeport.yaml:14:11: connections.nodes.auth: 'eapp': expected eap, ...; did you mean 'eap'?} */
    @Override
    public String toString() {
        return file.getFileName() + ":" + line + ":" + column + ": "
                + (key.isEmpty() ? "" : key + ": ")
                + value.map(v -> "'" + v + "': ").orElse("")
                + message
                + suggestion.map(s -> "; did you mean '" + s + "'?").orElse("");
    }
}
