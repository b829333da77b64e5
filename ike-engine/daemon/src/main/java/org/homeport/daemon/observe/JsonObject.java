package org.homeport.daemon.observe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON object that somebody else wrote: what is missing or of another kind reads as empty. */
public record JsonObject(Map<?, ?> values) {
    public boolean has(String key) {
        return values.containsKey(key);
    }

    public String text(String key) {
        return value(key).map(Object::toString).orElse("");
    }

    public long number(String key) {
        return value(key)
                .filter(Number.class::isInstance)
                .map(n -> ((Number) n).longValue())
                .orElse(0L);
    }

    public List<String> texts(String key) {
        return list(key).stream().map(String::valueOf).toList();
    }

    public List<JsonObject> objects(String key) {
        return list(key).stream()
                .filter(Map.class::isInstance)
                .map(o -> new JsonObject((Map<?, ?>) o))
                .toList();
    }

    public Optional<JsonObject> object(String key) {
        return values.get(key) instanceof Map<?, ?> map ? Optional.of(new JsonObject(map)) : Optional.empty();
    }

    /** The values of an object, as texts by their keys, in order. */
    public Map<String, String> entries(String key) {
        Map<String, String> entries = new LinkedHashMap<>();
        if (values.get(key) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> entries.put(String.valueOf(name), String.valueOf(value)));
        }
        return entries;
    }

    private List<?> list(String key) {
        return values.get(key) instanceof List<?> list ? list : List.of();
    }

    private Optional<Object> value(String key) {
        return Optional.ofNullable(values.get(key));
    }
}
