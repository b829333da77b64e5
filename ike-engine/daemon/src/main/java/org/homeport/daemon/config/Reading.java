package org.homeport.daemon.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One reading of one file: collects every problem, and every key that was asked for. */
final class Reading {
    /** What a key without a value holds. */
    static final Node NOTHING = new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN);

    private final Path file;
    private final List<Problem> problems = new ArrayList<>();
    private final SortedSet<String> keys = new TreeSet<>();

    Reading(Path file) {
        this.file = file.toAbsolutePath();
    }

    Path file() {
        return file;
    }

    /** A path in the configuration is relative to the file it stands in. */
    Path resolve(String path) {
        return file.resolveSibling(path).normalize();
    }

    /** @param key dotted; names that the operator chose are written {@code NAME} */
    void knows(String key) {
        keys.add(key);
    }

    SortedSet<String> keys() {
        return keys;
    }

    void problem(Node at, String key, Optional<String> value, String message, Optional<String> suggestion) {
        Optional<Mark> mark = at.getStartMark();
        problems.add(new Problem(
                file,
                mark.map(Mark::getLine).orElse(0) + 1,
                mark.map(Mark::getColumn).orElse(0) + 1,
                key,
                value,
                message,
                suggestion));
    }

    void wrong(Node value, String key, String message) {
        wrong(value, key, message, Optional.empty());
    }

    void wrong(Node value, String key, String message, Optional<String> suggestion) {
        problem(value, key, Optional.of(shown(value)), message, suggestion);
    }

    /** The file is not YAML. */
    void syntax(MarkedYamlEngineException error) {
        Optional<Mark> mark = error.getProblemMark();
        problems.add(new Problem(
                file,
                mark.map(Mark::getLine).orElse(0) + 1,
                mark.map(Mark::getColumn).orElse(0) + 1,
                "",
                Optional.empty(),
                "not YAML: " + error.getProblem(),
                Optional.empty()));
    }

    void finish() throws ConfigurationException {
        if (!problems.isEmpty()) {
            throw failure();
        }
    }

    ConfigurationException failure() {
        problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        return new ConfigurationException(problems);
    }

    static boolean isEmpty(Node node) {
        return node instanceof ScalarNode scalar && scalar.getValue().isEmpty();
    }

    private static String shown(Node node) {
        if (node instanceof ScalarNode scalar) {
            String text = scalar.getValue().lines().findFirst().orElse("");
            return text.length() <= 80 ? text : text.substring(0, 77) + "...";
        }
        return node instanceof MappingNode ? "{...}" : "[...]";
    }
}
