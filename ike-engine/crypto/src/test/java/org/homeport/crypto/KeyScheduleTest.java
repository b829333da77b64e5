package org.homeport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.homeport.core.child.EspSuite;
import org.homeport.core.crypto.ChildKeyMaterial;
import org.homeport.core.crypto.IkeKeySet;
import org.homeport.core.crypto.IkeSuite;
import org.homeport.core.crypto.KeySchedule;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.EsnId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.PrfId;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

class KeyScheduleTest {
    private static final IkeSuite SHA1_SUITE = new IkeSuite(
            EncryptionId.AES_CBC, 128, Optional.of(IntegrityId.HMAC_SHA1_96), PrfId.HMAC_SHA1, KeyExchangeId.MODP_1024);

    private final HomeportCrypto crypto = new HomeportCrypto(LegacyAlgorithms.ACCEPT);
    private final Vectors v = Vectors.read("nist-cavp/ikev2-kdf.txt").getFirst();

    private IkeKeySet initial() {
        return KeySchedule.initial(
                crypto,
                SHA1_SUITE,
                v.octets("ni"),
                v.octets("nr"),
                v.secret("gir"),
                v.number("spii").longValue(),
                v.number("spir").longValue());
    }

    /** 20 + 2*20 + 2*16 + 2*20 = 132 octets, as many as the vector has. */
    @Test
    void ikeKeysAreCutFromThePublishedStream() {
        Octets stream = v.octets("dkm");
        IkeKeySet keys = initial();
        assertThat(keys.skD().expose()).isEqualTo(stream.slice(0, 20));
        assertThat(keys.skAi().expose()).isEqualTo(stream.slice(20, 40));
        assertThat(keys.skAr().expose()).isEqualTo(stream.slice(40, 60));
        assertThat(keys.skEi().expose()).isEqualTo(stream.slice(60, 76));
        assertThat(keys.skEr().expose()).isEqualTo(stream.slice(76, 92));
        assertThat(keys.skPi().expose()).isEqualTo(stream.slice(92, 112));
        assertThat(keys.skPr().expose()).isEqualTo(stream.slice(112, 132));
    }

    @Test
    void childKeysAreCutFromThePublishedStream() {
        EspSuite suite = new EspSuite(EncryptionId.AES_CBC, 256, Optional.of(IntegrityId.HMAC_SHA1_96), EsnId.NO_ESN);
        assertChild(child(Optional.empty(), suite), v.octets("dkmchild"));
        assertChild(child(Optional.of(v.secret("girnew")), suite), v.octets("dkmchilddh"));
    }

    private ChildKeyMaterial child(Optional<Secret> gir, EspSuite suite) {
        return KeySchedule.child(crypto, PrfId.HMAC_SHA1, initial().skD(), gir, v.octets("ni"), v.octets("nr"), suite);
    }

    private static void assertChild(ChildKeyMaterial keys, Octets stream) {
        assertThat(keys.initiatorEncryption().expose()).isEqualTo(stream.slice(0, 32));
        assertThat(keys.initiatorIntegrity().expose()).isEqualTo(stream.slice(32, 52));
        assertThat(keys.responderEncryption().expose()).isEqualTo(stream.slice(52, 84));
        assertThat(keys.responderIntegrity().expose()).isEqualTo(stream.slice(84, 104));
        assertThat(keys.toResponder(7).spi()).isEqualTo(7);
        assertThat(keys.toResponder(7).encryption()).isEqualTo(keys.initiatorEncryption());
        assertThat(keys.toInitiator(8).integrity()).isEqualTo(keys.responderIntegrity());
    }

    /** The vector stops at SKEYSEED; from there on it is prf+, with the new suite's PRF. */
    @Test
    void rekeyTakesTheOldPrfForSkeyseedAndTheNewOneBehindIt() {
        IkeSuite newSuite = new IkeSuite(
                EncryptionId.AES_GCM_16, 128, Optional.empty(), PrfId.HMAC_SHA2_256, KeyExchangeId.CURVE25519);
        IkeKeySet keys = KeySchedule.rekeyed(
                crypto,
                PrfId.HMAC_SHA1,
                initial().skD(),
                newSuite,
                v.octets("ni"),
                v.octets("nr"),
                v.secret("girnew"),
                0x0102030405060708L,
                0x1112131415161718L);
        Octets seed =
                Octets.concat(v.octets("ni"), v.octets("nr"), Octets.fromHex("0102030405060708 1112131415161718"));
        Secret stream =
                KeySchedule.prfPlus(crypto, PrfId.HMAC_SHA2_256, v.secret("skeyseedrekey"), seed, 3 * 32 + 2 * 20);
        assertThat(keys.skD()).isEqualTo(stream.slice(0, 32));
        assertThat(keys.skAi().length()).isZero();
        assertThat(keys.skEi()).isEqualTo(stream.slice(32, 52));
        assertThat(keys.skEr()).isEqualTo(stream.slice(52, 72));
        assertThat(keys.skPi()).isEqualTo(stream.slice(72, 104));
        assertThat(keys.skPr()).isEqualTo(stream.slice(104, 136));
    }

    @Test
    void eachDirectionOpensWhatItSealed() {
        IkeSuite suite = new IkeSuite(
                EncryptionId.AES_GCM_16, 256, Optional.empty(), PrfId.HMAC_SHA2_384, KeyExchangeId.CURVE25519);
        IkeKeySet keys = KeySchedule.initial(
                crypto, suite, Octets.zeros(32), Octets.zeros(32), Secret.copyOf(Octets.zeros(32)), 1, 2);
        Octets iv = Octets.zeros(8);
        Octets sealed = keys.initiatorCipher(crypto, suite).seal(Octets.EMPTY, iv, Octets.of(0));
        assertThat(keys.initiatorCipher(crypto, suite).open(Octets.EMPTY, sealed))
                .contains(Octets.of(0));
        assertThat(keys.responderCipher(crypto, suite).open(Octets.EMPTY, sealed))
                .isEmpty();
        assertThat(suite).hasToString("AES_GCM_16-256/PRF_HMAC_SHA2_384/CURVE25519");
    }

    /** RFC 7296 section 2.15, spelled out with the PRF alone. */
    @Test
    void sharedKeyAuthPadsTheKeyFirst() {
        PrfId prf = PrfId.HMAC_SHA2_256;
        Octets octets = KeySchedule.signedOctets(
                crypto, prf, Octets.utf8("message"), Octets.utf8("nonce"), Secret.utf8("sk_p"), Octets.utf8("id"));
        Octets maced = crypto.prf(prf, Secret.utf8("sk_p"), Octets.utf8("id"));
        assertThat(octets).isEqualTo(Octets.concat(Octets.utf8("messagenonce"), maced));
        Octets padded = crypto.prf(prf, Secret.utf8("foo"), Octets.utf8("Key Pad for IKEv2"));
        assertThat(KeySchedule.sharedKeyAuth(crypto, prf, Secret.utf8("foo"), octets))
                .isEqualTo(crypto.prf(prf, Secret.copyOf(padded), octets));
    }

    @Test
    void prfPlusEndsAfter255Blocks() {
        Secret key = Secret.utf8("k");
        assertThat(KeySchedule.prfPlus(crypto, PrfId.HMAC_SHA2_256, key, Octets.EMPTY, 255 * 32)
                        .length())
                .isEqualTo(255 * 32);
        assertThatThrownBy(() -> KeySchedule.prfPlus(crypto, PrfId.HMAC_SHA2_256, key, Octets.EMPTY, 255 * 32 + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closedKeySetIsWiped() {
        IkeKeySet keys = initial();
        keys.close();
        assertThatThrownBy(() -> keys.skD().expose()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> keys.skPr().expose()).isInstanceOf(IllegalStateException.class);
    }
}
