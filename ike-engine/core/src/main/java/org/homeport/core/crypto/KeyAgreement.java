package org.homeport.core.crypto;

import org.homeport.core.registry.KeyExchangeId;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** Our half of a Diffie-Hellman exchange: one private value, used once. */
public interface KeyAgreement {
    KeyExchangeId group();

    /** What goes into our KE payload, in the form of the group. */
    Octets publicValue();

    /**
     * The shared secret g^ir, in the form RFC 7296 section 2.14 and the group's RFC want it.
     *
     * @throws InvalidPublicValueException if the peer's value has the wrong length, is 0, 1 or p-1, is off the curve or
     *     leads to an all-zero secret (RFC 6989, RFC 7748 section 6.1)
     */
    Secret agree(Octets peerPublicValue) throws InvalidPublicValueException;
}
