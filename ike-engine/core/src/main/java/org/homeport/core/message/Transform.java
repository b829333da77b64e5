package org.homeport.core.message;

import java.util.List;
import java.util.OptionalInt;
import org.homeport.core.registry.TransformType;
import org.homeport.kit.Octets;

/**
 * One transform (RFC 7296 section 3.3.2): type, number, attributes. The type is open, so that a proposal of
 * somebody newer can be read and passed over.
 *
 * @param id transform number within its type
 * @param keyBits the Key Length attribute, in bits
 * @param otherAttributes attributes we do not know, which make the transform unusable (section 3.3.6)
 */
public record Transform(TransformType type, int id, OptionalInt keyBits, List<Attribute> otherAttributes) {
    public Transform {
        otherAttributes = List.copyOf(otherAttributes);
    }

    public static Transform of(TransformType type, int id) {
        return new Transform(type, id, OptionalInt.empty(), List.of());
    }

    public static Transform of(TransformType type, int id, int keyBits) {
        return new Transform(type, id, OptionalInt.of(keyBits), List.of());
    }

    /** An attribute other than Key Length, as it was sent. */
    public record Attribute(int type, Octets value) {}
}
