package org.homeport.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedKeyFileTest {
    @TempDir
    private Path directory;

    private Path file(String line) throws Exception {
        return Files.writeString(directory.resolve("key"), line + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x", "0s", "0s  "})
    void keyOfNoOctetsIsRefused(String line) throws Exception {
        Path file = file(line);
        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> SharedKeyFile.read(file))
                .withMessageContaining(file.toString())
                .withMessageContaining("no key follows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x6b6579", "0sa2V5", "key"})
    void keyIsWrittenInAnyOfThreeWays(String line) throws Exception {
        try (Secret key = SharedKeyFile.read(file(line))) {
            assertThat(key.length()).isEqualTo(3);
        }
    }
}
