package org.homeport.core.crypto;

import java.util.Optional;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.PrfId;

/**
 * The algorithms of an IKE SA.
 *
 * @param keyBits 0 where the key length is fixed
 * @param integrity empty for AEAD
 */
public record IkeSuite(
        EncryptionId encryption, int keyBits, Optional<IntegrityId> integrity, PrfId prf, KeyExchangeId group) {
    public CipherLengths lengths(Crypto crypto) {
        return crypto.lengths(encryption, keyBits, integrity);
    }

    /** strongSwan's spelling, as "AES_GCM_16-128/PRF_HMAC_SHA2_256/CURVE25519". */
    @Override
    public String toString() {
        return encryption
                + (keyBits == 0 ? "" : "-" + keyBits)
                + integrity.map(i -> "/" + i).orElse("")
                + "/PRF_" + prf
                + "/" + group;
    }
}
