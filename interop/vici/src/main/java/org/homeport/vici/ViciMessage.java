package org.homeport.vici;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.homeport.kit.Octets;

/**
 * A tree of sections, lists and values, in the order written. Names are printable ASCII of at most 255 octets, values
 * at most 65535 octets; a section names each value and each list once.
 */
public record ViciMessage(List<Element> elements) {
    public static final ViciMessage EMPTY = new ViciMessage(List.of());

    public ViciMessage {
        elements = List.copyOf(elements);
    }

    /** One named thing of a section. */
    public sealed interface Element {
        String name();
    }

    /** {@code name = value}. */
    public record Value(String name, Octets value) implements Element {
        public Value {
            checkName(name);
            checkValue(name, value);
        }
    }

    /** {@code name = [ ... ]}. */
    public record Items(String name, List<Octets> items) implements Element {
        public Items {
            checkName(name);
            items = List.copyOf(items);
            items.forEach(item -> checkValue(name, item));
        }
    }

    /** {@code name { ... }}. */
    public record Section(String name, ViciMessage content) implements Element {
        public Section {
            checkName(name);
        }
    }

    public ViciMessage with(String name, String value) {
        return with(name, Octets.utf8(value));
    }

    public ViciMessage with(String name, Octets value) {
        return plus(new Value(name, value));
    }

    public ViciMessage with(String name, List<String> items) {
        return plus(new Items(name, items.stream().map(Octets::utf8).toList()));
    }

    public ViciMessage with(String name, ViciMessage section) {
        return plus(new Section(name, section));
    }

    private ViciMessage plus(Element element) {
        if (!(element instanceof Section)
                && elements.stream()
                        .anyMatch(other ->
                                !(other instanceof Section) && other.name().equals(element.name()))) {
            throw new IllegalArgumentException("'" + element.name() + "' is there already");
        }
        List<Element> more = new ArrayList<>(elements);
        more.add(element);
        return new ViciMessage(more);
    }

    static boolean isName(Octets name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.at(i) < 0x20 || name.at(i) > 0x7e) {
                return false;
            }
        }
        return name.length() <= 0xff;
    }

    private static void checkName(String name) {
        if (!isName(Octets.utf8(name))) {
            throw new IllegalArgumentException(
                    "a VICI name is printable ASCII of at most 255 octets: " + name.length() + " characters");
        }
    }

    private static void checkValue(String name, Octets value) {
        if (value.length() > 0xffff) {
            throw new IllegalArgumentException(
                    "the VICI value " + name + " has " + value.length() + " octets, at most 65535 fit");
        }
    }

    public Optional<Octets> octets(String name) {
        return named(Value.class, name).map(Value::value).findFirst();
    }

    public Optional<String> text(String name) {
        return octets(name).map(Octets::utf8);
    }

    /** The items of a list; none if there is no such list. */
    public List<String> list(String name) {
        return named(Items.class, name)
                .flatMap(items -> items.items().stream())
                .map(Octets::utf8)
                .toList();
    }

    /** The first section of a name. */
    public Optional<ViciMessage> section(String name) {
        return named(Section.class, name).map(Section::content).findFirst();
    }

    public List<Section> sections() {
        return elements.stream()
                .filter(Section.class::isInstance)
                .map(Section.class::cast)
                .toList();
    }

    private <E extends Element> Stream<E> named(Class<E> kind, String name) {
        return elements.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(element -> element.name().equals(name));
    }

    /** For people: only what each thing is called, as values may be secrets. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (Element element : elements) {
            text.append(' ').append(element.name());
            switch (element) {
                case Value value ->
                    text.append('=').append(value.value().length()).append(" octets");
                case Items items ->
                    text.append("=[").append(items.items().size()).append(" items]");
                case Section section -> text.append(' ').append(section.content());
            }
        }
        return text.append(" }").toString();
    }
}
