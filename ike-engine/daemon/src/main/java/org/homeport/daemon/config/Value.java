package org.homeport.daemon.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A value of the file and where it stands.
 *
 * @param path dotted, with the operator's names
 * @param schemaPath the same with NAME in their place
 */
record Value(Reading reading, Node node, String path, String schemaPath) {
    boolean isWord() {
        return node instanceof ScalarNode && !Reading.isEmpty(node);
    }

    /** Reads it as one word; empty if it cannot be, which has been noted. */
    <T> Optional<T> as(Scalar<T> scalar) {
        if (!(node instanceof ScalarNode word)) {
            reading.wrong(node, path, "expected " + scalar.expected());
            return Optional.empty();
        }
        try {
            return Optional.of(scalar.parse().apply(word.getValue()));
        } catch (Scalar.Explained e) {
            reading.wrong(node, path, e.getMessage() + "; expected " + scalar.expected());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            Optional<String> meant = Nearest.to(word.getValue(), scalar.words());
            reading.wrong(node, path, "expected " + scalar.expected(), meant);
            return Optional.empty();
        }
    }

    /** Several values in brackets or under dashes, or one without. */
    List<Value> items() {
        return node instanceof SequenceNode sequence
                ? sequence.getValue().stream()
                        .map(item -> new Value(reading, item, path, schemaPath))
                        .toList()
                : List.of(this);
    }

    <T> List<T> each(Scalar<T> scalar) {
        return items().stream().flatMap(item -> item.as(scalar).stream()).toList();
    }

    /** Reads it as a section; keys that {@code read} did not ask for are noted as problems. */
    <T> T section(Function<Section, T> read) {
        Section section = new Section(this);
        T result = read.apply(section);
        section.refuseUnknownKeys();
        return result;
    }

    void wrong(String message) {
        reading.wrong(node, path, message);
    }

    Value below(Node child, String key) {
        String dot = path.isEmpty() ? "" : ".";
        return new Value(reading, child, path + dot + key, schemaPath + dot + key);
    }

    Value named(Node child, String name) {
        String dot = path.isEmpty() ? "" : ".";
        return new Value(reading, child, path + dot + name, schemaPath + dot + "NAME");
    }
}
