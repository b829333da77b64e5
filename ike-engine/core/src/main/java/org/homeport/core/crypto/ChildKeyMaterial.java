package org.homeport.core.crypto;

import org.homeport.core.child.EspKeys;
import org.homeport.kit.Secret;

/**
 * The keys of a pair of ESP SAs (RFC 7296 section 2.17). Initiator is who began the exchange that creates the pair.
 *
 * @param initiatorEncryption for what the initiator sends; AEAD: key and salt
 * @param initiatorIntegrity empty for AEAD, as is {@code responderIntegrity}
 */
public record ChildKeyMaterial(
        Secret initiatorEncryption, Secret initiatorIntegrity, Secret responderEncryption, Secret responderIntegrity) {
    /**
     * The SA from initiator to responder.
     *
     * @param responderSpi as the responder chose it
     */
    public EspKeys toResponder(int responderSpi) {
        return new EspKeys(responderSpi, initiatorEncryption, initiatorIntegrity);
    }

    /**
     * The SA from responder to initiator.
     *
     * @param initiatorSpi as the initiator chose it
     */
    public EspKeys toInitiator(int initiatorSpi) {
        return new EspKeys(initiatorSpi, responderEncryption, responderIntegrity);
    }
}
