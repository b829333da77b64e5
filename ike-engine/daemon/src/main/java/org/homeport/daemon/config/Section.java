package org.homeport.daemon.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A mapping of the file, read key by key. Whatever is wrong is noted in the {@link Reading} and answered with the
 * fallback, so that one reading finds every problem. A key without any value is an empty section.
 */
final class Section {
    private final Value self;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, Node> keyNodes = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> refused = new HashSet<>();

    Section(Value self) {
        this.self = self;
        if (self.node() instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::take);
        } else if (!Reading.isEmpty(self.node())) {
            self.wrong("expected keys with their values");
        }
    }

    private void take(NodeTuple entry) {
        String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (key.isBlank()) {
            self.reading().wrong(entry.getKeyNode(), self.path(), "expected a word as key");
        } else if (keyNodes.putIfAbsent(key, entry.getKeyNode()) != null) {
            self.reading().wrong(entry.getKeyNode(), self.path(), "this key stands here twice: keep one of the two");
        } else {
            values.put(key, self.below(entry.getValueNode(), key));
        }
    }

    Optional<Value> value(String key) {
        known.add(key);
        self.reading().knows(self.below(self.node(), key).schemaPath());
        return Optional.ofNullable(values.get(key));
    }

    <T> Optional<T> get(String key, Scalar<T> scalar) {
        return value(key).flatMap(v -> v.as(scalar));
    }

    <T> T get(String key, Scalar<T> scalar, T fallback) {
        return get(key, scalar).orElse(fallback);
    }

    /** @param placeholder stands in for a missing or wrong value while the rest of the file is read */
    <T> T require(String key, Scalar<T> scalar, T placeholder) {
        Optional<Value> value = value(key);
        if (value.isEmpty()) {
            missing(key, scalar.expected());
        }
        return value.flatMap(v -> v.as(scalar)).orElse(placeholder);
    }

    <T> List<T> list(String key, Scalar<T> scalar, List<T> fallback) {
        return value(key).map(v -> v.each(scalar)).orElse(fallback);
    }

    /** The section under a key, read as an empty one if it is not there. */
    <T> T section(String key, Function<Section, T> read) {
        return value(key).orElseGet(() -> self.below(Reading.NOTHING, key)).section(read);
    }

    /** The section under a key; empty if it is not there. */
    <T> Optional<T> optional(String key, Function<Section, T> read) {
        return value(key).map(v -> v.section(read));
    }

    /** Whether somebody wrote {@code []}. */
    boolean isEmptyList(String key) {
        return Optional.ofNullable(values.get(key))
                .filter(v -> v.items().isEmpty())
                .isPresent();
    }

    /** The values of a section whose keys are names that the operator chose, in the order of the file. */
    Map<String, Value> named() {
        self.reading().knows(self.named(self.node(), "").schemaPath());
        Map<String, Value> all = new LinkedHashMap<>();
        values.forEach((name, value) -> all.put(name, self.named(value.node(), name)));
        known.addAll(values.keySet());
        return all;
    }

    void missing(String key, String expected) {
        self.reading()
                .problem(
                        self.node(),
                        self.below(self.node(), key).path(),
                        Optional.empty(),
                        "missing: expected " + expected,
                        Optional.empty());
    }

    /** Says of a key why it must not stand here, where a mere "unknown" would not help. */
    void refuse(String key, String why) {
        refused.add(key);
        Optional.ofNullable(keyNodes.get(key)).ifPresent(k -> self.reading().wrong(k, self.path(), why));
    }

    /** A problem with the value of a key of ours, found by looking at more than it. */
    void wrong(String key, String message) {
        Optional.ofNullable(values.get(key)).orElse(self).wrong(message);
    }

    void refuseUnknownKeys() {
        keyNodes.forEach((key, node) -> {
            if (!known.contains(key) && !refused.contains(key)) {
                self.reading()
                        .wrong(
                                node,
                                self.path(),
                                "unknown key; known here: " + String.join(", ", new TreeSet<>(known)),
                                Nearest.to(key, known));
            }
        });
    }
}
