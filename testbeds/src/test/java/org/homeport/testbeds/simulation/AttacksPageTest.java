package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of attacks names tests that exist. */
class AttacksPageTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)#(\\w+)`");

    @Test
    void everyTestOnThePageExists() throws IOException {
        Map<String, String> tests = tests();
        List<String> missing = new ArrayList<>();
        int named = 0;
        Matcher line = NAMED.matcher(Files.readString(reactor().resolve("ike-engine/ATTACKS.md")));
        while (line.find()) {
            named++;
            if (!tests.getOrDefault(line.group(1), "").contains("void " + line.group(2) + "(")) {
                missing.add(line.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(100);
    }

    /** By class name, all in all modules. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        try (Stream<Path> files = Files.walk(reactor())) {
            for (Path file : files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith("Test.java"))
                    .toList()) {
                String name = file.getFileName().toString();
                tests.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
            }
        }
        return tests;
    }

    private static Path reactor() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("ike-engine"))
                ? here
                : here.resolve("..").normalize();
    }
}
