package org.homeport.testbeds.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Past 400 lines a file usually holds a second idea. */
class FileSizeTest {
    private static final int MOST_LINES = 400;

    /** Files that are longer for a reason: the file's name, and the reason. */
    private static final Map<String, String> EXCUSED = Map.of();

    @Test
    void mainCodeHasNoLongFiles() throws IOException {
        Map<String, Integer> tooLong = new TreeMap<>();
        for (Path file : sources()) {
            try (Stream<String> lines = Files.lines(file)) {
                int count = (int) lines.count();
                if (count > MOST_LINES
                        && !EXCUSED.containsKey(file.getFileName().toString())) {
                    tooLong.put(file.toString(), count);
                }
            }
        }
        assertThat(tooLong).as("files of main code over %d lines", MOST_LINES).isEmpty();
    }

    @Test
    void sourcesAreFound() throws IOException {
        assertThat(sources()).hasSizeGreaterThan(50);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(reactor())) {
            return files.filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
    }

    /** The directory above this module. */
    private static Path reactor() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("ike-engine"))
                ? here
                : here.resolve("..").normalize();
    }
}
