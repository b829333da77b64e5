package org.homeport.core.message;

import java.util.List;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.registry.TransformType;
import org.homeport.kit.Octets;

/**
 * One proposal of an SA payload (RFC 7296 section 3.3.1).
 *
 * @param number 1..255
 * @param spi empty in IKE_SA_INIT, 8 octets in an IKE rekey, 4 for ESP
 */
public record Proposal(int number, ProtocolId protocol, Octets spi, List<Transform> transforms) {
    public Proposal {
        transforms = List.copyOf(transforms);
    }

    public List<Transform> of(TransformType type) {
        return transforms.stream().filter(t -> t.type().equals(type)).toList();
    }
}
