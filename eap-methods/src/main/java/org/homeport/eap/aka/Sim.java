package org.homeport.eap.aka;

import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * What a SIM shares with its authentication centre.
 *
 * @param k 16 octets
 * @param opc 16 octets
 * @param amf 2 octets; for EAP-AKA' the first bit is set by whoever needs it (RFC 9048 section 3.3)
 */
public record Sim(Secret k, Secret opc, Octets amf) {
    public static final Octets DEFAULT_AMF = Octets.of(0x80, 0);

    public Sim {
        if (k.length() != 16 || opc.length() != 16 || amf.length() != 2) {
            throw new IllegalArgumentException("expected K and OPc of 16 octets and an AMF of 2");
        }
    }
}
