package org.homeport.crypto;

import java.security.InvalidKeyException;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.homeport.core.registry.IntegrityId;
import org.homeport.core.registry.PrfId;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * HMAC as PRF and for integrity (RFC 2104, RFC 2404, RFC 4868).
 *
 * @param length of output and preferred key, in octets
 * @param icv what is left of the output on the wire, in octets
 */
record Hmac(String algorithm, int length, int icv, Standing standing) {
    static final Hmac SHA1 = new Hmac("HmacSHA1", 20, 12, Standing.LEGACY);
    static final Hmac SHA2_256 = new Hmac("HmacSHA256", 32, 16, Standing.CURRENT);
    static final Hmac SHA2_384 = new Hmac("HmacSHA384", 48, 24, Standing.CURRENT);
    static final Hmac SHA2_512 = new Hmac("HmacSHA512", 64, 32, Standing.CURRENT);

    private static final Map<PrfId, Hmac> PRFS = Map.of(
            PrfId.HMAC_SHA1, SHA1,
            PrfId.HMAC_SHA2_256, SHA2_256,
            PrfId.HMAC_SHA2_384, SHA2_384,
            PrfId.HMAC_SHA2_512, SHA2_512);

    private static final Map<IntegrityId, Hmac> INTEGRITY = Map.of(
            IntegrityId.HMAC_SHA1_96, SHA1,
            IntegrityId.HMAC_SHA2_256_128, SHA2_256,
            IntegrityId.HMAC_SHA2_384_192, SHA2_384,
            IntegrityId.HMAC_SHA2_512_256, SHA2_512);

    static Optional<Hmac> of(PrfId id) {
        return Optional.ofNullable(PRFS.get(id));
    }

    static Optional<Hmac> of(IntegrityId id) {
        return Optional.ofNullable(INTEGRITY.get(id));
    }

    /** The full output over the concatenated parts. */
    Octets compute(Secret key, Octets... parts) {
        Mac mac = JdkProviders.mac(algorithm);
        // HMAC pads short keys with zeros, so no key and one zero octet are the same; JCA refuses the first.
        byte[] bytes = key.length() == 0 ? new byte[1] : key.toByteArray();
        try {
            mac.init(new SecretKeySpec(bytes, algorithm));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
        for (Octets part : parts) {
            mac.update(part.toByteArray());
        }
        return Octets.wrap(mac.doFinal());
    }
}
