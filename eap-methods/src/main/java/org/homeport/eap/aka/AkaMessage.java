package org.homeport.eap.aka;

import java.util.List;
import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/** A message: what it is about, and its attributes in their order (RFC 4187 section 8). */
record AkaMessage(int subtype, List<Attribute> attributes) {
    static final int CHALLENGE = 1;
    static final int AUTHENTICATION_REJECT = 2;
    static final int SYNCHRONIZATION_FAILURE = 4;
    static final int IDENTITY = 5;
    static final int NOTIFICATION = 12;
    static final int REAUTHENTICATION = 13;
    static final int CLIENT_ERROR = 14;

    AkaMessage {
        attributes = List.copyOf(attributes);
    }

    static AkaMessage of(int subtype, Attribute... attributes) {
        return new AkaMessage(subtype, List.of(attributes));
    }

    /** @param value what it says, without padding and lengths */
    record Attribute(int type, Octets value) {
        static Attribute of(int type) {
            return new Attribute(type, Octets.EMPTY);
        }

        static Attribute number(int type, int value) {
            return new Attribute(type, Octets.of(value >>> 8, value & 0xff));
        }

        int number() {
            return value.at(0) << 8 | value.at(1);
        }
    }

    boolean has(int type) {
        return find(type).isPresent();
    }

    Optional<Octets> find(int type) {
        return attributes.stream()
                .filter(a -> a.type() == type)
                .map(Attribute::value)
                .findFirst();
    }

    /** What a mandatory attribute says. */
    Octets required(int type) throws WireException {
        return find(type).orElseThrow(() -> new WireException("attribute " + type + " is missing"));
    }

    List<Integer> numbers(int type) {
        return all(type).stream().map(Attribute::number).toList();
    }

    List<Attribute> all(int type) {
        return attributes.stream().filter(a -> a.type() == type).toList();
    }
}
