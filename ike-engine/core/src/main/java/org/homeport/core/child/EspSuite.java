package org.homeport.core.child;

import java.util.Optional;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.EsnId;
import org.homeport.core.registry.IntegrityId;

/**
 * The algorithms of an ESP SA.
 *
 * @param keyBits 0 where the key length is fixed
 * @param integrity empty for AEAD
 */
public record EspSuite(EncryptionId encryption, int keyBits, Optional<IntegrityId> integrity, EsnId esn) {
    /** strongSwan's spelling, as "AES_GCM_16-128". */
    @Override
    public String toString() {
        return encryption
                + (keyBits == 0 ? "" : "-" + keyBits)
                + integrity.map(i -> "/" + i).orElse("")
                + (esn.equals(EsnId.ESN) ? "/ESN" : "");
    }
}
