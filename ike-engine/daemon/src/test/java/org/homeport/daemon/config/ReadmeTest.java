package org.homeport.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    /** Surefire runs in the module's folder. */
    private static final Path README = Path.of("../../README.md");

    @Test
    void everyKeyStandsInTheReferenceAndNoOther() throws Exception {
        Set<String> explained = new TreeSet<>();
        for (String line : Files.readAllLines(README)) {
            if (line.startsWith("| `") && !line.startsWith("| `homeport ")) {
                explained.add(line.substring(3, line.indexOf('`', 3)));
            }
        }
        assertThat(explained).containsExactlyInAnyOrderElementsOf(ConfigurationReader.knownKeys());
    }

    @Test
    void defaultsOfTheReferenceAreTheReadersOwn() throws Exception {
        String readme = Files.readString(README);
        LimitSettings limits = LimitSettings.DEFAULT;
        for (String row : List.of(
                "| `limits.half-open` | `" + limits.halfOpen() + "` |",
                "| `limits.cookie-threshold` | `" + limits.cookieThreshold() + "` |",
                "| `limits.fragment-size` | `" + limits.fragmentSize() + "` |")) {
            assertThat(readme).contains(row);
        }
    }

    @Test
    void firstConfigurationOfTheReadmeIsSound() throws Exception {
        String readme = Files.readString(README);
        int start = readme.indexOf("```yaml\n") + "```yaml\n".length();
        String yaml = readme.substring(start, readme.indexOf("```", start));
        assertThat(ConfigurationReader.parse(Path.of("homeport.yaml"), yaml).connections())
                .isNotEmpty();
    }
}
