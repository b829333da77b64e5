package org.homeport.eap.aka;

import java.util.Arrays;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** Hashes and pseudo-random functions of both methods. */
final class AkaHash {
    private static final int BLOCK = 64;
    private static final int SHA1_OCTETS = 20;
    /** Where SHA1Digest's encoded state has its five words. */
    private static final int STATE_AT = 16;

    private AkaHash() {}

    static Octets digest(AkaVariant variant, Octets input) {
        Digest digest = digest(variant);
        digest.update(input.toByteArray(), 0, input.length());
        byte[] out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return Octets.wrap(out);
    }

    static Secret sha1(Secret input) {
        SHA1Digest digest = new SHA1Digest();
        byte[] in = input.toByteArray();
        digest.update(in, 0, in.length);
        Arrays.fill(in, (byte) 0);
        byte[] out = new byte[SHA1_OCTETS];
        digest.doFinal(out, 0);
        return Secret.wrap(out);
    }

    /** The method's HMAC, in full. */
    static byte[] hmac(AkaVariant variant, Secret key, byte[]... input) {
        HMac mac = new HMac(digest(variant));
        byte[] raw = key.toByteArray();
        mac.init(new KeyParameter(raw));
        Arrays.fill(raw, (byte) 0);
        for (byte[] part : input) {
            mac.update(part, 0, part.length);
        }
        byte[] out = new byte[mac.getMacSize()];
        mac.doFinal(out, 0);
        return out;
    }

    /** PRF' (RFC 9048 section 3.4.1). */
    static Secret prfPrime(Secret key, Octets seed, int length) {
        byte[] out = new byte[length];
        byte[] block = new byte[0];
        for (int at = 0, n = 1; at < length; n++) {
            block = hmac(AkaVariant.AKA_PRIME, key, block, seed.toByteArray(), new byte[] {(byte) n});
            int taken = Math.min(block.length, length - at);
            System.arraycopy(block, 0, out, at, taken);
            at += taken;
        }
        return Secret.wrap(out);
    }

    /**
     * The random number generator of FIPS 186-2 with change notice 1 (RFC 4187 section 7, RFC 4186 appendix B).
     *
     * @param seed XKEY, 20 octets
     */
    static Secret fipsPrf(Secret seed, int length) {
        byte[] key = seed.toByteArray();
        byte[] out = new byte[length];
        for (int at = 0; at < length; at += SHA1_OCTETS) {
            byte[] word = g(key);
            System.arraycopy(word, 0, out, at, Math.min(SHA1_OCTETS, length - at));
            int carry = 1;
            for (int i = SHA1_OCTETS - 1; i >= 0; i--) {
                carry += (key[i] & 0xff) + (word[i] & 0xff);
                key[i] = (byte) carry;
                carry >>>= 8;
            }
        }
        Arrays.fill(key, (byte) 0);
        return Secret.wrap(out);
    }

    /** SHA-1's compression of one block, without its padding. */
    private static byte[] g(byte[] value) {
        SHA1Digest digest = new SHA1Digest();
        digest.update(Arrays.copyOf(value, BLOCK), 0, BLOCK);
        return Arrays.copyOfRange(digest.getEncodedState(), STATE_AT, STATE_AT + SHA1_OCTETS);
    }

    private static Digest digest(AkaVariant variant) {
        return switch (variant) {
            case AKA -> new SHA1Digest();
            case AKA_PRIME -> new SHA256Digest();
        };
    }
}
