package org.homeport.eap.aka;

import java.util.Arrays;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * The example algorithm set of 3GPP (TS 35.206 section 4.1): what a SIM and its authentication centre compute alike.
 * Not for several threads.
 */
public final class Milenage {
    private static final int BLOCK = 16;

    private final AESEngine cipher = cipher();
    private final byte[] opc;

    private Milenage(byte[] key, byte[] opc) {
        cipher.init(true, new KeyParameter(key));
        this.opc = opc;
    }

    private static AESEngine cipher() {
        return (AESEngine) AESEngine.newInstance();
    }

    /** @param k 16 octets; @param opc 16 octets */
    public static Milenage of(Secret k, Secret opc) {
        byte[] key = k.toByteArray();
        Milenage milenage = new Milenage(key, opc.toByteArray());
        Arrays.fill(key, (byte) 0);
        return milenage;
    }

    /** OPc of an operator's OP (TS 35.206 section 4.1). */
    public static Secret opc(Secret k, Secret op) {
        Milenage milenage = of(k, op);
        return Secret.wrap(xor(milenage.encrypt(milenage.opc), milenage.opc));
    }

    /** MAC-A, 8 octets: proves the network. @param sqn 6 octets; @param amf 2 octets */
    public Octets f1(Octets rand, Octets sqn, Octets amf) {
        return Octets.copyOf(out1(rand, sqn, amf), 0, 8);
    }

    /** MAC-S, 8 octets: proves a SIM that is out of step. */
    public Octets f1star(Octets rand, Octets sqn, Octets amf) {
        return Octets.copyOf(out1(rand, sqn, amf), 8, 16);
    }

    /** RES, 8 octets. */
    public Octets f2(Octets rand) {
        return Octets.copyOf(out(rand, 0, 1), 8, 16);
    }

    /** CK, 16 octets. */
    public Secret f3(Octets rand) {
        return Secret.wrap(out(rand, 4, 2));
    }

    /** IK, 16 octets. */
    public Secret f4(Octets rand) {
        return Secret.wrap(out(rand, 8, 4));
    }

    /** AK, 6 octets: hides the sequence number. */
    public Octets f5(Octets rand) {
        return Octets.copyOf(out(rand, 0, 1), 0, 6);
    }

    /** AK of a resynchronisation, 6 octets. */
    public Octets f5star(Octets rand) {
        return Octets.copyOf(out(rand, 12, 8), 0, 6);
    }

    private byte[] out1(Octets rand, Octets sqn, Octets amf) {
        byte[] in = sqn.plus(amf).plus(sqn).plus(amf).toByteArray();
        byte[] rotated = rotate(xor(in, opc), 8);
        byte[] temp = encrypt(xor(rand.toByteArray(), opc));
        return xor(encrypt(xor(temp, rotated)), opc);
    }

    /** @param rotation octets to the left; @param constant of the function, in the last octet */
    private byte[] out(Octets rand, int rotation, int constant) {
        byte[] temp = encrypt(xor(rand.toByteArray(), opc));
        byte[] rotated = rotate(xor(temp, opc), rotation);
        rotated[BLOCK - 1] ^= (byte) constant;
        return xor(encrypt(rotated), opc);
    }

    private byte[] encrypt(byte[] block) {
        byte[] encrypted = new byte[BLOCK];
        cipher.processBlock(block, 0, encrypted, 0);
        return encrypted;
    }

    private static byte[] rotate(byte[] block, int octets) {
        byte[] rotated = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            rotated[i] = block[(i + octets) % BLOCK];
        }
        return rotated;
    }

    private static byte[] xor(byte[] a, byte[] b) {
        byte[] sum = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            sum[i] = (byte) (a[i] ^ b[i]);
        }
        return sum;
    }
}
