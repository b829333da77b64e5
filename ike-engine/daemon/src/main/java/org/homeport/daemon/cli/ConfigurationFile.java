package org.homeport.daemon.cli;

import java.nio.file.Path;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.ConfigurationException;
import org.homeport.daemon.config.ConfigurationReader;
import picocli.CommandLine.Option;

/** The option {@code -c}. */
final class ConfigurationFile {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "homeport.yaml",
            description = "the configuration (default: ${DEFAULT-VALUE})")
    private Path file = Path.of("homeport.yaml");

    Path path() {
        return file;
    }

    Configuration read() throws ConfigurationException {
        return ConfigurationReader.read(file);
    }
}
