package org.homeport.eap.mschapv2;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.params.DESParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * The computations of RFC 2759 section 8 and RFC 3079 section 3.4 over one pair of challenges. Both sides make the
 * same one and compare.
 *
 * @param ntResponse 24 octets: the peer knows the password
 * @param authenticatorResponse 20 octets: so does the authenticator
 * @param msk 64 octets: MasterReceiveKey and MasterSendKey as the authenticator calls them, and 32 zeros
 */
public record MschapV2Proof(Octets ntResponse, Octets authenticatorResponse, Secret msk) {
    private static final Octets SERVER_TO_CLIENT = Octets.utf8("Magic server to client signing constant");
    private static final Octets ONE_MORE_ITERATION = Octets.utf8("Pad to make it do more than one iteration");
    private static final Octets MASTER_KEY = Octets.utf8("This is the MPPE Master Key");
    private static final Octets CLIENT_SENDS =
            Octets.utf8("On the client side, this is the send key; " + "on the server side, it is the receive key.");
    private static final Octets SERVER_SENDS =
            Octets.utf8("On the client side, this is the receive key; " + "on the server side, it is the send key.");
    private static final Octets PAD_1 = Octets.zeros(40);
    private static final Octets PAD_2 = pad(0xf2);
    private static final int BACKSLASH = '\\';

    /**
     * Computes it.
     *
     * @param authenticatorChallenge 16 octets
     * @param peerChallenge 16 octets
     * @param name as the peer sends it; a domain in front is left out of the computation
     */
    public static MschapV2Proof of(NtHash password, Octets authenticatorChallenge, Octets peerChallenge, Octets name) {
        Octets challenge = challengeHash(peerChallenge, authenticatorChallenge, name);
        Octets ntResponse = challengeResponse(challenge, password);
        try (Secret hashHash = password.hashed()) {
            Octets first = sha1(hashHash.expose(), ntResponse, SERVER_TO_CLIENT);
            Octets authenticatorResponse = sha1(first, challenge, ONE_MORE_ITERATION);
            return new MschapV2Proof(ntResponse, authenticatorResponse, msk(masterKey(hashHash.expose(), ntResponse)));
        }
    }

    /** ChallengeHash (RFC 2759 section 8.2): "excluding any prepended domain name". @return 8 octets */
    static Octets challengeHash(Octets peerChallenge, Octets authenticatorChallenge, Octets name) {
        int backslash = 0;
        while (backslash < name.length() && name.at(backslash) != BACKSLASH) {
            backslash++;
        }
        Octets user = backslash == name.length() ? name : name.from(backslash + 1);
        return sha1(peerChallenge, authenticatorChallenge, user).slice(0, 8);
    }

    /** ChallengeResponse (RFC 2759 section 8.5). @return 24 octets */
    static Octets challengeResponse(Octets challenge, NtHash password) {
        byte[] padded = Arrays.copyOf(password.hash().toByteArray(), 21);
        byte[] response = new byte[24];
        for (int i = 0; i < 3; i++) {
            DESEngine des = new DESEngine();
            des.init(true, new KeyParameter(desKey(Arrays.copyOfRange(padded, 7 * i, 7 * i + 7))));
            des.processBlock(challenge.toByteArray(), 0, response, 8 * i);
        }
        Arrays.fill(padded, (byte) 0);
        return Octets.wrap(response);
    }

    /** 56 bits spread over eight octets of odd parity (RFC 2759 section 8.6). */
    static byte[] desKey(byte[] raw) {
        long bits = 0;
        for (byte b : raw) {
            bits = (bits << 8) | (b & 0xff);
        }
        byte[] key = new byte[8];
        for (int i = 0; i < 8; i++) {
            key[i] = (byte) ((bits >>> (49 - 7 * i)) << 1);
        }
        DESParameters.setOddParity(key);
        return key;
    }

    /** GetMasterKey (RFC 3079 section 3.4). @return 16 octets */
    static Octets masterKey(Octets passwordHashHash, Octets ntResponse) {
        return sha1(passwordHashHash, ntResponse, MASTER_KEY).slice(0, 16);
    }

    /** GetAsymmetricStartKey (RFC 3079 section 3.4) for both directions, the server's view. */
    static Secret msk(Octets masterKey) {
        Octets received = sha1(masterKey, PAD_1, CLIENT_SENDS, PAD_2).slice(0, 16);
        Octets sent = sha1(masterKey, PAD_1, SERVER_SENDS, PAD_2).slice(0, 16);
        return Secret.wrap(Octets.concat(received, sent, Octets.zeros(32)).toByteArray());
    }

    private static Octets sha1(Octets... parts) {
        SHA1Digest sha1 = new SHA1Digest();
        for (Octets part : parts) {
            sha1.update(part.toByteArray(), 0, part.length());
        }
        byte[] digest = new byte[sha1.getDigestSize()];
        sha1.doFinal(digest, 0);
        return Octets.wrap(digest);
    }

    private static Octets pad(int value) {
        byte[] pad = new byte[40];
        Arrays.fill(pad, (byte) value);
        return Octets.wrap(pad);
    }

    /** Without the proofs: they are as secret as the key until they are sent. */
    @Override
    public String toString() {
        return "MschapV2Proof";
    }
}
