package org.homeport.eap.aka;

import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * What a conversation's keys are (RFC 4187 section 7, RFC 9048 section 3.3).
 *
 * @param msk 64 octets
 */
record AkaKeys(AkaTeks teks, Secret msk, Secret emsk) {
    private static final int ENCR = 16;
    private static final int KEY = 64;
    private static final int RE = 32;

    /** @param identity as the peer said it last, to the octet */
    static AkaKeys full(AkaVariant variant, Octets identity, AkaVector vector, Octets networkName) {
        return switch (variant) {
            case AKA -> aka(identity, vector);
            case AKA_PRIME -> prime(identity, bound(vector, networkName));
        };
    }

    private static AkaKeys aka(Octets identity, AkaVector vector) {
        Secret mk = AkaHash.sha1(Secret.copyOf(identity).plus(vector.ik()).plus(vector.ck()));
        Secret all = AkaHash.fipsPrf(mk, 2 * ENCR + 2 * KEY);
        return new AkaKeys(
                new AkaTeks(all.slice(0, ENCR), all.slice(ENCR, 2 * ENCR), mk),
                all.slice(2 * ENCR, 2 * ENCR + KEY),
                all.slice(2 * ENCR + KEY, 2 * ENCR + 2 * KEY));
    }

    /** @param bound IK', then CK' */
    private static AkaKeys prime(Octets identity, Secret bound) {
        Secret all = AkaHash.prfPrime(bound, Octets.utf8("EAP-AKA'").plus(identity), ENCR + RE + RE + 2 * KEY);
        int msk = ENCR + RE + RE;
        return new AkaKeys(
                new AkaTeks(all.slice(0, ENCR), all.slice(ENCR, ENCR + RE), all.slice(ENCR + RE, msk)),
                all.slice(msk, msk + KEY),
                all.slice(msk + KEY, msk + 2 * KEY));
    }

    /** CK' and IK', bound to the network's name (TS 33.402 annex A.2). @return IK', then CK' */
    static Secret bound(AkaVector vector, Octets networkName) {
        Octets input = Octets.of(0x20)
                .plus(networkName)
                .plus(Octets.of(networkName.length() >>> 8, networkName.length() & 0xff))
                .plus(vector.hiddenSqn())
                .plus(Octets.of(0, 6));
        Secret both =
                Secret.wrap(AkaHash.hmac(AkaVariant.AKA_PRIME, vector.ck().plus(vector.ik()), input.toByteArray()));
        return both.slice(16, 32).plus(both.slice(0, 16));
    }

    /** After a fast re-authentication: K_encr and K_aut stay (RFC 4187 section 7, RFC 9048 section 3.3). */
    static AkaKeys again(AkaVariant variant, AkaTeks teks, Octets identity, int counter, Octets nonceS) {
        Octets tail = identity.plus(Octets.of(counter >>> 8, counter & 0xff)).plus(nonceS);
        Secret all = switch (variant) {
            case AKA -> AkaHash.fipsPrf(AkaHash.sha1(Secret.copyOf(tail).plus(teks.kRe())), 2 * KEY);
            case AKA_PRIME ->
                AkaHash.prfPrime(teks.kRe(), Octets.utf8("EAP-AKA' re-auth").plus(tail), 2 * KEY);
        };
        return new AkaKeys(teks, all.slice(0, KEY), all.slice(KEY, 2 * KEY));
    }
}
