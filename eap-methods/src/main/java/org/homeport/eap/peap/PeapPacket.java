package org.homeport.eap.peap;

import org.homeport.kit.Octets;

/** What goes through the tunnel. */
sealed interface PeapPacket {
    /** @param packet of EAP, with a header again */
    record Eap(Octets packet) implements PeapPacket {}

    /** EAP-Extensions with a Result TLV. */
    record Result(int identifier, Verdict verdict) implements PeapPacket {}

    enum Verdict {
        SUCCESS,
        FAILURE
    }
}
