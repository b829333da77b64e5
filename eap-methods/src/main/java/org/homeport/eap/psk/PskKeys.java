package org.homeport.eap.psk;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.modes.EAXBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * What both sides make of the shared key (RFC 4764 section 3.1).
 *
 * @param ak for the MACs of messages two and three
 * @param kdk for the keys of a conversation
 */
public record PskKeys(Secret ak, Secret kdk) {
    /** Of the shared key itself. */
    public static final int OCTETS = 16;

    private static final int TAG_BITS = 128;

    /** @param psk 16 octets */
    public static PskKeys of(Secret psk) {
        Secret both = counterMode(psk, Octets.zeros(OCTETS), 2);
        return new PskKeys(both.slice(0, OCTETS), both.slice(OCTETS, 2 * OCTETS));
    }

    /**
     * Of one conversation (RFC 4764 section 3.2).
     *
     * @param tek for PCHANNEL
     * @param msk 64 octets
     */
    record Session(Secret tek, Secret msk, Secret emsk) {
        /** @return the tag, then what was sealed */
        Octets seal(long nonce, Octets header, Octets plain) {
            byte[] sealed = eax(Direction.SEAL, tek, PskCodec.nonce(nonce), header, plain)
                    .orElseThrow();
            return Octets.copyOf(sealed, plain.length(), sealed.length).plus(Octets.copyOf(sealed, 0, plain.length()));
        }

        /** Empty if the tag is wrong. */
        Optional<Octets> open(Octets header, PskMessage.Channel channel) {
            return eax(
                            Direction.OPEN,
                            tek,
                            PskCodec.nonce(channel.nonce()),
                            header,
                            channel.sealed().plus(channel.tag()))
                    .map(Octets::wrap);
        }
    }

    /** What to do with a message. */
    enum Direction {
        SEAL,
        OPEN
    }

    /** @return empty if the tag, behind what was sealed, is wrong */
    static Optional<byte[]> eax(Direction direction, Secret key, Octets nonce, Octets header, Octets input) {
        EAXBlockCipher eax = new EAXBlockCipher(AESEngine.newInstance());
        eax.init(
                direction == Direction.SEAL,
                new AEADParameters(key(key), TAG_BITS, nonce.toByteArray(), header.toByteArray()));
        byte[] out = new byte[eax.getOutputSize(input.length())];
        int length = eax.processBytes(input.toByteArray(), 0, input.length(), out, 0);
        try {
            length += eax.doFinal(out, length);
        } catch (InvalidCipherTextException e) {
            return Optional.empty();
        }
        return Optional.of(Arrays.copyOf(out, length));
    }

    Session session(Octets randP) {
        Secret all = counterMode(kdk, randP, 9);
        return new Session(all.slice(0, OCTETS), all.slice(OCTETS, 5 * OCTETS), all.slice(5 * OCTETS, 9 * OCTETS));
    }

    /** "MAC_P = CMAC-AES-128(AK, ID_P||ID_S||RAND_S||RAND_P)". */
    Octets peerMac(Octets peer, Octets server, Octets randS, Octets randP) {
        return cmac(ak, Octets.concat(peer, server, randS, randP));
    }

    /** "MAC_S = CMAC-AES-128(AK, ID_S||RAND_P)". */
    Octets serverMac(Octets server, Octets randP) {
        return cmac(ak, server.plus(randP));
    }

    static Octets cmac(Secret key, Octets input) {
        CMac mac = new CMac(AESEngine.newInstance());
        mac.init(key(key));
        mac.update(input.toByteArray(), 0, input.length());
        byte[] out = new byte[mac.getMacSize()];
        mac.doFinal(out, 0);
        return Octets.wrap(out);
    }

    /** The modified counter mode: blocks i of AES(key, AES(key, input) XOR i), from 1 (RFC 4764 figure 7). */
    private static Secret counterMode(Secret key, Octets input, int blocks) {
        AESEngine aes = (AESEngine) AESEngine.newInstance();
        aes.init(true, key(key));
        byte[] first = new byte[OCTETS];
        aes.processBlock(input.toByteArray(), 0, first, 0);
        byte[] out = new byte[blocks * OCTETS];
        for (int i = 1; i <= blocks; i++) {
            byte[] block = first.clone();
            block[OCTETS - 1] ^= (byte) i;
            aes.processBlock(block, 0, out, (i - 1) * OCTETS);
        }
        Arrays.fill(first, (byte) 0);
        return Secret.wrap(out);
    }

    private static KeyParameter key(Secret secret) {
        byte[] raw = secret.toByteArray();
        KeyParameter key = new KeyParameter(raw);
        Arrays.fill(raw, (byte) 0);
        return key;
    }
}
