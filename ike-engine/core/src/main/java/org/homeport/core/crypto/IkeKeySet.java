package org.homeport.core.crypto;

import org.homeport.kit.Secret;

/**
 * The seven secrets of an IKE SA (RFC 7296 section 2.14). In the names, i is the original initiator's direction and
 * r the responder's.
 *
 * @param skD seeds the keys of CHILD_SAs and of the IKE SA's successor
 * @param skAi integrity; empty for AEAD, as is {@code skAr}
 * @param skEi encryption; for AEAD with the salt behind the key, as is {@code skEr}
 * @param skPi goes into AUTH, as does {@code skPr}
 */
public record IkeKeySet(Secret skD, Secret skAi, Secret skAr, Secret skEi, Secret skEr, Secret skPi, Secret skPr)
        implements AutoCloseable {
    /** Seals what the original initiator sends, opens what the original responder receives. */
    public MessageCipher initiatorCipher(Crypto crypto, IkeSuite suite) {
        return crypto.cipher(suite.encryption(), suite.keyBits(), suite.integrity(), skEi, skAi);
    }

    /** Seals what the original responder sends, opens what the original initiator receives. */
    public MessageCipher responderCipher(Crypto crypto, IkeSuite suite) {
        return crypto.cipher(suite.encryption(), suite.keyBits(), suite.integrity(), skEr, skAr);
    }

    /** Wipes all seven. */
    @Override
    public void close() {
        skD.close();
        skAi.close();
        skAr.close();
        skEi.close();
        skEr.close();
        skPi.close();
        skPr.close();
    }
}
