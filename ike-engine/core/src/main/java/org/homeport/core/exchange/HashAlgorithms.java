package org.homeport.core.exchange;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.HashAlgorithmId;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.session.Inbound;
import org.homeport.kit.Octets;
import org.homeport.kit.WireWriter;

/** SIGNATURE_HASH_ALGORITHMS (RFC 7427 section 4): 16-bit numbers, in any order. */
public final class HashAlgorithms {
    /** What {@link org.homeport.core.crypto.CertificateVerifier} takes. */
    private static final List<HashAlgorithmId> OURS = List.of(
            HashAlgorithmId.SHA2_256, HashAlgorithmId.SHA2_384, HashAlgorithmId.SHA2_512, HashAlgorithmId.IDENTITY);

    private HashAlgorithms() {}

    public static Payload notification() {
        WireWriter data = new WireWriter();
        OURS.forEach(hash -> data.u16(hash.value()));
        return Payload.Notify.of(NotifyType.SIGNATURE_HASH_ALGORITHMS, data.toOctets());
    }

    /** @return empty if the peer did not send the notify: then the old AUTH methods apply */
    public static Optional<Set<HashAlgorithmId>> of(Inbound init) {
        return init.notification(NotifyType.SIGNATURE_HASH_ALGORITHMS)
                .map(Payload.Notify::data)
                .map(data -> {
                    Set<HashAlgorithmId> hashes = new LinkedHashSet<>();
                    for (int i = 0; i + 1 < data.length(); i += 2) {
                        Octets number = data.slice(i, i + 2);
                        hashes.add(new HashAlgorithmId(number.at(0) << 8 | number.at(1)));
                    }
                    return hashes;
                });
    }
}
