package org.homeport.aaa.radius;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** Hides values by a stream of MD5 over the shared secret: User-Password (RFC 2865 section 5.2), MS-MPPE keys (RFC 2548 section 2.4.2). */
final class HiddenValue {
    private static final int BLOCK = 16;

    private HiddenValue() {}

    /**
     * @param plain a multiple of 16 octets
     * @param seed what goes into the first hash beside the secret
     */
    static Octets hide(Octets plain, Octets seed, Secret secret) {
        return apply(plain, seed, secret, Direction.HIDE).expose();
    }

    /** @param hidden a multiple of 16 octets */
    static Secret reveal(Octets hidden, Octets seed, Secret secret) {
        return apply(hidden, seed, secret, Direction.REVEAL);
    }

    private enum Direction {
        HIDE,
        REVEAL
    }

    private static Secret apply(Octets input, Octets seed, Secret secret, Direction direction) {
        byte[] in = input.toByteArray();
        byte[] out = new byte[in.length];
        byte[] key = secret.toByteArray();
        byte[] chain = seed.toByteArray();
        for (int at = 0; at < in.length; at += BLOCK) {
            byte[] stream = md5(key, chain);
            for (int i = 0; i < BLOCK; i++) {
                out[at + i] = (byte) (in[at + i] ^ stream[i]);
            }
            chain = Arrays.copyOfRange(direction == Direction.HIDE ? out : in, at, at + BLOCK);
        }
        Arrays.fill(key, (byte) 0);
        return Secret.wrap(out);
    }

    private static byte[] md5(byte[] key, byte[] chain) {
        MD5Digest md5 = new MD5Digest();
        md5.update(key, 0, key.length);
        md5.update(chain, 0, chain.length);
        byte[] digest = new byte[BLOCK];
        md5.doFinal(digest, 0);
        return digest;
    }
}
