package org.homeport.core.exchange;

import java.util.Optional;
import java.util.Set;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.crypto.KeySchedule;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.HashAlgorithmId;
import org.homeport.core.session.IkeSa;
import org.homeport.core.session.Role;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * What IKE_SA_INIT left behind.
 *
 * @param initiatorMessage the request that was answered, from the SPI on; {@code responderMessage} its response
 * @param ni nonces; they also key the first child
 * @param peerHashes of SIGNATURE_HASH_ALGORITHMS
 */
public record InitResult(
        IkeSa sa,
        Octets initiatorMessage,
        Octets responderMessage,
        Octets ni,
        Octets nr,
        Optional<Set<HashAlgorithmId>> peerHashes,
        NatSituation nat) {
    /** What our AUTH covers (RFC 7296 section 2.15). */
    public Octets ownSignedOctets(Crypto crypto, Payload.Identification own) {
        return signedOctets(crypto, sa.role(), own);
    }

    /** What the peer's AUTH covers. */
    public Octets peerSignedOctets(Crypto crypto, Payload.Identification peer) {
        return signedOctets(crypto, sa.role() == Role.INITIATOR ? Role.RESPONDER : Role.INITIATOR, peer);
    }

    /** SK_pi or SK_pr, ours. */
    public Secret ownSkP() {
        return sa.role() == Role.INITIATOR ? sa.keys().skPi() : sa.keys().skPr();
    }

    public Secret peerSkP() {
        return sa.role() == Role.INITIATOR ? sa.keys().skPr() : sa.keys().skPi();
    }

    private Octets signedOctets(Crypto crypto, Role by, Payload.Identification id) {
        return by == Role.INITIATOR
                ? KeySchedule.signedOctets(
                        crypto,
                        sa.suite().prf(),
                        initiatorMessage,
                        nr,
                        sa.keys().skPi(),
                        id.body())
                : KeySchedule.signedOctets(
                        crypto,
                        sa.suite().prf(),
                        responderMessage,
                        ni,
                        sa.keys().skPr(),
                        id.body());
    }
}
