package org.homeport.core.crypto;

import java.util.Optional;
import org.homeport.core.child.EspSuite;
import org.homeport.core.registry.PrfId;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireWriter;

/** From shared secrets and nonces to keys and AUTH values (RFC 7296 sections 2.13 to 2.18). */
public final class KeySchedule {
    private static final Octets KEY_PAD = Octets.utf8("Key Pad for IKEv2");
    private static final int MAX_BLOCKS = 255;

    private KeySchedule() {}

    /**
     * The keys of a first IKE SA (section 2.14): SKEYSEED = prf(Ni | Nr, g^ir).
     *
     * @param gir of the group's full length, padded with zeros in front for MODP
     */
    public static IkeKeySet initial(
            Crypto crypto, IkeSuite suite, Octets ni, Octets nr, Secret gir, long spiI, long spiR) {
        try (Secret nonces = Secret.copyOf(ni.plus(nr));
                Secret skeyseed = prf(crypto, suite.prf(), nonces, gir.expose())) {
            return expand(crypto, suite, skeyseed, ni, nr, spiI, spiR);
        }
    }

    /**
     * The keys of an IKE SA that succeeds another (section 2.18): SKEYSEED = prf(SK_d (old), g^ir (new) | Ni | Nr) with
     * the old SA's PRF, everything behind it with the new one.
     *
     * @param spiI the new SA's, its initiator being who began the rekey
     */
    public static IkeKeySet rekeyed(
            Crypto crypto,
            PrfId oldPrf,
            Secret oldSkD,
            IkeSuite newSuite,
            Octets ni,
            Octets nr,
            Secret gir,
            long spiI,
            long spiR) {
        try (Secret skeyseed = prf(crypto, oldPrf, oldSkD, Octets.concat(gir.expose(), ni, nr))) {
            return expand(crypto, newSuite, skeyseed, ni, nr, spiI, spiR);
        }
    }

    /**
     * The keys of a pair of ESP SAs (section 2.17): KEYMAT = prf+(SK_d, [g^ir |] Ni | Nr), first what protects traffic
     * from the exchange's initiator, encryption before integrity (RFC 4301 section 4.5.2).
     *
     * @param gir of this CREATE_CHILD_SA exchange, if it had a KE payload
     * @param ni of IKE_SA_INIT for the child made in IKE_AUTH, else of this exchange, as {@code nr}
     */
    public static ChildKeyMaterial child(
            Crypto crypto, PrfId prf, Secret skD, Optional<Secret> gir, Octets ni, Octets nr, EspSuite suite) {
        CipherLengths lengths = crypto.lengths(suite.encryption(), suite.keyBits(), suite.integrity());
        int encryption = lengths.encryptionKey();
        int integrity = lengths.integrityKey();
        Octets seed = Octets.concat(gir.map(Secret::expose).orElse(Octets.EMPTY), ni, nr);
        try (Secret keymat = prfPlus(crypto, prf, skD, seed, 2 * (encryption + integrity))) {
            Slicer slicer = new Slicer(keymat);
            return new ChildKeyMaterial(
                    slicer.next(encryption), slicer.next(integrity), slicer.next(encryption), slicer.next(integrity));
        }
    }

    /**
     * What a peer signs or MACs in AUTH (section 2.15).
     *
     * @param ownInitMessage the signer's IKE_SA_INIT message from the first SPI on, without non-ESP marker; the latest
     *     one if COOKIE or INVALID_KE_PAYLOAD made it begin again
     * @param peerNonce the other side's nonce, without payload header
     * @param ownSkP the signer's SK_pi or SK_pr
     * @param idBody the signer's ID payload behind the generic header, reserved octets as sent
     */
    public static Octets signedOctets(
            Crypto crypto, PrfId prf, Octets ownInitMessage, Octets peerNonce, Secret ownSkP, Octets idBody) {
        return Octets.concat(ownInitMessage, peerNonce, crypto.prf(prf, ownSkP, idBody));
    }

    /**
     * AUTH by a shared key (section 2.15): prf(prf(key, "Key Pad for IKEv2"), octets).
     *
     * @param key the pre-shared key; after EAP the MSK, or the signer's SK_p if the method makes none (section 2.16)
     */
    public static Octets sharedKeyAuth(Crypto crypto, PrfId prf, Secret key, Octets signedOctets) {
        try (Secret padded = prf(crypto, prf, key, KEY_PAD)) {
            return crypto.prf(prf, padded, signedOctets);
        }
    }

    /**
     * prf+ (section 2.13): T1 = prf(K, S | 1), Tn = prf(K, Tn-1 | S | n).
     *
     * @param length of the result, at most 255 PRF outputs
     */
    public static Secret prfPlus(Crypto crypto, PrfId prf, Secret key, Octets seed, int length) {
        int block = crypto.prfLength(prf);
        if (length > MAX_BLOCKS * block) {
            throw new IllegalArgumentException("prf+ yields at most 255 blocks, not " + length + " octets");
        }
        byte[] stream = new byte[length];
        Octets last = Octets.EMPTY;
        int at = 0;
        for (int n = 1; at < length; n++) {
            last = crypto.prf(prf, key, Octets.concat(last, seed, Octets.of(n)));
            Octets taken = last.slice(0, Math.min(block, length - at));
            taken.copyTo(stream, at);
            at += taken.length();
        }
        return Secret.wrap(stream);
    }

    private static IkeKeySet expand(
            Crypto crypto, IkeSuite suite, Secret skeyseed, Octets ni, Octets nr, long spiI, long spiR) {
        int prf = crypto.prfLength(suite.prf());
        CipherLengths lengths = suite.lengths(crypto);
        int integrity = lengths.integrityKey();
        int encryption = lengths.encryptionKey();
        Octets seed =
                new WireWriter().octets(ni).octets(nr).bits64(spiI).bits64(spiR).toOctets();
        try (Secret stream = prfPlus(crypto, suite.prf(), skeyseed, seed, 3 * prf + 2 * (integrity + encryption))) {
            Slicer slicer = new Slicer(stream);
            return new IkeKeySet(
                    slicer.next(prf),
                    slicer.next(integrity),
                    slicer.next(integrity),
                    slicer.next(encryption),
                    slicer.next(encryption),
                    slicer.next(prf),
                    slicer.next(prf));
        }
    }

    private static Secret prf(Crypto crypto, PrfId prf, Secret key, Octets data) {
        return Secret.wrap(crypto.prf(prf, key, data).toByteArray());
    }

    /** Hands out a key stream in order. */
    private static final class Slicer {
        private final Secret stream;
        private int at;

        Slicer(Secret stream) {
            this.stream = stream;
        }

        Secret next(int length) {
            Secret slice = stream.slice(at, at + length);
            at += length;
            return slice;
        }
    }
}
