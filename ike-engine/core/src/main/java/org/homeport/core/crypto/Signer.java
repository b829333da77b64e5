package org.homeport.core.crypto;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.HashAlgorithmId;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;

/** Our private key and its certificates. */
public interface Signer {
    /** DER certificates, ours first, intermediates behind it, the trust anchor left out. */
    List<Octets> certificates();

    /**
     * Signs AUTH octets (RFC 7296 section 2.15).
     *
     * @param peerHashes what the peer's SIGNATURE_HASH_ALGORITHMS named: with it method 14 (RFC 7427), without it an
     *     old method (1, 9, 10, 11)
     * @return empty if the key fits nothing the peer can verify
     */
    Optional<Payload.Authentication> sign(
            Octets signedOctets, Optional<Set<HashAlgorithmId>> peerHashes, RandomSource random);
}
