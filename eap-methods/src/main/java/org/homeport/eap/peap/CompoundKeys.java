package org.homeport.eap.peap;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.homeport.eap.EapType;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * Keys that only those have who are at the end of the tunnel and of the inner method ([MS-PEAP] 3.1.5.5.2). Whoever
 * makes them wipes them.
 *
 * @param ipmk Intermediate PEAP MAC Key, 40 octets
 * @param cmk Compound MAC Key, 20 octets
 */
record CompoundKeys(Secret ipmk, Secret cmk) implements AutoCloseable {
    private static final Octets KEYS_LABEL = Octets.utf8("Inner Methods Compound Keys");
    /** With a zero at its end, unlike the other. */
    private static final Octets SESSION_LABEL = Octets.utf8("Session Key Generating Function\0");

    private static final int TEMPORARY_KEY = 40;
    private static final int IPMK = 40;
    private static final int BOTH = 60;
    private static final int INNER_KEY = 32;
    private static final int SESSION_KEY = 128;
    private static final int MSK = 64;
    private static final int HASH = 20;

    /**
     * Derives them.
     *
     * @param tunnelKey 60 octets or more: the tunnel's own MSK begins with its Tunnel Key
     * @param innerMsk the inner method's: the peer's key to send, then that to receive; zeros take the place of none
     */
    static CompoundKeys of(Secret tunnelKey, Optional<Secret> innerMsk) {
        Octets innerKey = innerMsk.map(msk -> msk.expose().slice(0, INNER_KEY)).orElse(Octets.zeros(INNER_KEY));
        try (Secret temporary = tunnelKey.slice(0, TEMPORARY_KEY);
                Secret both = prfPlus(temporary, KEYS_LABEL.plus(innerKey), BOTH)) {
            return new CompoundKeys(both.slice(0, IPMK), both.slice(IPMK, BOTH));
        }
    }

    /** A binding with its MAC. @param nonce 32 octets */
    CryptoBinding bind(CryptoBinding.Kind kind, Octets nonce) {
        CryptoBinding bare = CryptoBindingCodec.bare(kind, nonce);
        return bare.withMac(mac(bare));
    }

    /** Whether it is of that kind, and of somebody who has these keys. */
    boolean prove(CryptoBinding binding, CryptoBinding.Kind kind) {
        return binding.kind() == kind && mac(binding).equalsConstantTime(binding.mac());
    }

    /** The MSK of a bound PEAP: the Compound Session Key's first 64 octets ([MS-PEAP] 3.1.5.7). */
    Secret msk() {
        try (Secret compound = prfPlus(ipmk, SESSION_LABEL, SESSION_KEY)) {
            return compound.slice(0, MSK);
        }
    }

    /** [MS-PEAP] 3.1.5.5.1: over the TLV with a MAC of zeros and the type of the method. */
    private Octets mac(CryptoBinding binding) {
        Octets covered = binding.withMac(Octets.zeros(CryptoBinding.MAC)).tlv();
        return hmac(cmk, covered.plus(Octets.of((int) EapType.PEAP.number())));
    }

    /** HMAC-SHA1 over and over, with a counter and two zeros ([MS-PEAP] 3.1.5.5.2.2). */
    static Secret prfPlus(Secret key, Octets seed, int length) {
        byte[] all = new byte[(length + HASH - 1) / HASH * HASH];
        Octets previous = Octets.EMPTY;
        for (int at = 0, counter = 1; at < all.length; at += HASH, counter++) {
            previous = hmac(key, Octets.concat(previous, seed, Octets.of(counter, 0, 0)));
            previous.copyTo(all, at);
        }
        Secret material = Secret.wrap(Arrays.copyOf(all, length));
        Arrays.fill(all, (byte) 0);
        return material;
    }

    private static Octets hmac(Secret key, Octets data) {
        HMac hmac = new HMac(new SHA1Digest());
        byte[] open = key.toByteArray();
        hmac.init(new KeyParameter(open));
        Arrays.fill(open, (byte) 0);
        hmac.update(data.toByteArray(), 0, data.length());
        byte[] mac = new byte[HASH];
        hmac.doFinal(mac, 0);
        return Octets.wrap(mac);
    }

    @Override
    public void close() {
        ipmk.close();
        cmk.close();
    }
}
