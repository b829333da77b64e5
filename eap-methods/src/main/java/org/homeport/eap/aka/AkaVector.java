package org.homeport.eap.aka;

import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * An authentication vector (TS 33.102 section 6.3.2).
 *
 * @param rand 16 octets
 * @param autn 16 octets: SQN hidden by AK, AMF, MAC
 * @param res 4..16 octets
 */
public record AkaVector(Octets rand, Octets autn, Octets res, Secret ck, Secret ik) {
    /** SQN hidden by AK, 6 octets. */
    Octets hiddenSqn() {
        return autn.slice(0, 6);
    }
}
