package org.homeport.eap.peap;

import java.util.Optional;
import org.homeport.kit.Octets;

/** What goes through the tunnel. */
sealed interface PeapPacket {
    /** @param packet of EAP, with a header again */
    record Eap(Octets packet) implements PeapPacket {}

    /** EAP-Extensions with a Result TLV. @param binding the Cryptobinding TLV beside it, if there is one */
    record Result(int identifier, Verdict verdict, Optional<CryptoBinding> binding) implements PeapPacket {
        Result(int identifier, Verdict verdict) {
            this(identifier, verdict, Optional.empty());
        }
    }

    enum Verdict {
        SUCCESS,
        FAILURE
    }
}
