package org.homeport.core.protection;

import java.util.List;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.PayloadType;
import org.homeport.kit.Octets;

/** What a message held whose integrity was verified. Only {@link MessageProtection} makes these. */
public sealed interface Unsealed {
    /** The payloads of an SK payload. */
    record Whole(List<Payload> payloads) implements Unsealed {
        public Whole {
            payloads = List.copyOf(payloads);
        }
    }

    /**
     * One part of a message, for {@link FragmentAssembler} (RFC 7383).
     *
     * @param firstInner counts in fragment 1 only
     * @param number 1..total
     * @param plaintext padding removed
     */
    record Fragment(PayloadType firstInner, int number, int total, Octets plaintext) implements Unsealed {}
}
