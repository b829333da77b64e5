package org.homeport.vici;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;
import org.homeport.vici.ViciMessage.Element;

/** The message encoding: typed elements, 8-bit name lengths, 16-bit value lengths. Reads what charon may send, no more. */
final class ViciCodec {
    private static final int SECTION_START = 1;
    private static final int SECTION_END = 2;
    private static final int KEY_VALUE = 3;
    private static final int LIST_START = 4;
    private static final int LIST_ITEM = 5;
    private static final int LIST_END = 6;

    /** Sections in sections: charon goes five deep; the bound is for who does not. */
    static final int DEPTH = 32;

    private ViciCodec() {}

    static void encode(ViciMessage message, WireWriter writer) {
        for (Element element : message.elements()) {
            switch (element) {
                case ViciMessage.Value(String name, Octets value) -> {
                    name(writer.u8(KEY_VALUE), name);
                    value(writer, value);
                }
                case ViciMessage.Items(String name, List<Octets> items) -> {
                    name(writer.u8(LIST_START), name);
                    items.forEach(item -> value(writer.u8(LIST_ITEM), item));
                    writer.u8(LIST_END);
                }
                case ViciMessage.Section(String name, ViciMessage content) -> {
                    name(writer.u8(SECTION_START), name);
                    encode(content, writer);
                    writer.u8(SECTION_END);
                }
            }
        }
    }

    private static void name(WireWriter writer, String name) {
        Octets octets = Octets.utf8(name);
        writer.u8(octets.length()).octets(octets);
    }

    private static void value(WireWriter writer, Octets value) {
        writer.u16(value.length()).octets(value);
    }

    /** A section that is being read. */
    private record Open(String name, List<Element> elements, Set<String> taken) {
        Open(String name) {
            this(name, new ArrayList<>(), new HashSet<>());
        }
    }

    static ViciMessage decode(WireReader reader) throws WireException {
        Deque<Open> open = new ArrayDeque<>();
        Open current = new Open("");
        while (!reader.isEmpty()) {
            int type = reader.u8();
            switch (type) {
                case SECTION_START -> {
                    if (open.size() == DEPTH) {
                        throw new WireException("more than " + DEPTH + " sections in one another");
                    }
                    open.push(current);
                    current = new Open(name(reader));
                }
                case SECTION_END -> {
                    if (open.isEmpty()) {
                        throw new WireException("a section ends that did not start");
                    }
                    ViciMessage content = new ViciMessage(current.elements());
                    open.peek().elements().add(new ViciMessage.Section(current.name(), content));
                    current = open.pop();
                }
                case KEY_VALUE -> {
                    String name = unusedName(reader, current);
                    current.elements().add(new ViciMessage.Value(name, reader.octets(reader.u16())));
                }
                case LIST_START -> {
                    String name = unusedName(reader, current);
                    current.elements().add(new ViciMessage.Items(name, items(reader)));
                }
                case LIST_ITEM, LIST_END -> throw new WireException("element type " + type + " outside of a list");
                default -> throw new WireException("unknown element type " + type);
            }
        }
        if (!open.isEmpty()) {
            throw new WireException("section '" + current.name() + "' does not end");
        }
        return new ViciMessage(current.elements());
    }

    private static List<Octets> items(WireReader reader) throws WireException {
        List<Octets> items = new ArrayList<>();
        while (true) {
            int type = reader.u8();
            switch (type) {
                case LIST_ITEM -> items.add(reader.octets(reader.u16()));
                case LIST_END -> {
                    return items;
                }
                default -> throw new WireException("element type " + type + " in a list");
            }
        }
    }

    private static String unusedName(WireReader reader, Open section) throws WireException {
        String name = name(reader);
        if (!section.taken().add(name)) {
            throw new WireException("'" + name + "' is there twice");
        }
        return name;
    }

    static String name(WireReader reader) throws WireException {
        Octets name = reader.octets(reader.u8());
        if (!ViciMessage.isName(name)) {
            throw new WireException("a name that is not printable ASCII: " + name);
        }
        return name.utf8();
    }
}
