package org.homeport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.homeport.core.crypto.InvalidPublicValueException;
import org.homeport.core.crypto.KeyAgreement;
import org.homeport.core.message.MessageEncoder;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Transform;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.TransformType;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyAgreementTest {
    private final HomeportCrypto crypto = new HomeportCrypto(LegacyAlgorithms.ACCEPT);

    @ParameterizedTest
    @CsvSource({"31,32,32", "19,64,32", "20,96,48", "21,132,66", "2,128,128", "14,256,256", "15,384,384", "16,512,512"})
    void bothSidesAgree(int group, int valueLength, int secretLength) throws Exception {
        KeyAgreement ours = crypto.keyAgreement(new KeyExchangeId(group), Draws.seeded(1));
        KeyAgreement theirs = crypto.keyAgreement(new KeyExchangeId(group), Draws.seeded(2));
        assertThat(ours.group()).isEqualTo(new KeyExchangeId(group));
        assertThat(ours.publicValue()).isNotEqualTo(theirs.publicValue());
        assertThat(ours.publicValue().length()).isEqualTo(valueLength);
        assertThat(ours.agree(theirs.publicValue())).isEqualTo(theirs.agree(ours.publicValue()));
        assertThat(ours.agree(theirs.publicValue()).length()).isEqualTo(secretLength);
    }

    @ParameterizedTest
    @ValueSource(ints = {31, 19, 20, 21, 14})
    void sameRandomnessGivesTheSameValue(int group) {
        KeyExchangeId id = new KeyExchangeId(group);
        assertThat(crypto.keyAgreement(id, Draws.seeded(7)).publicValue())
                .isEqualTo(crypto.keyAgreement(id, Draws.seeded(7)).publicValue());
    }

    @Test
    void x25519MultipliesAsPublished() throws Exception {
        for (Vectors v : Vectors.read("rfc7748/x25519.txt")) {
            KeyAgreement agreement = new X25519Agreement(Draws.fixed(v.octets("scalar")));
            assertThat(agreement.agree(v.octets("u")).expose()).isEqualTo(v.octets("out"));
        }
    }

    @Test
    void x25519AgreesAsPublished() throws Exception {
        Vectors v = Vectors.read("rfc7748/diffie-hellman.txt").getFirst();
        KeyAgreement alice = new X25519Agreement(Draws.fixed(v.octets("a")));
        KeyAgreement bob = new X25519Agreement(Draws.fixed(v.octets("b")));
        assertThat(alice.publicValue()).isEqualTo(v.octets("ga"));
        assertThat(bob.publicValue()).isEqualTo(v.octets("gb"));
        assertThat(alice.agree(bob.publicValue()).expose()).isEqualTo(v.octets("k"));
        assertThat(bob.agree(alice.publicValue()).expose()).isEqualTo(v.octets("k"));
    }

    /** RFC 8031 appendix A; for Curve448, which we do not offer, it has no example. */
    @Test
    void curve25519AgreesAsPublishedForIke() throws Exception {
        Vectors v = Vectors.read("rfc8031/curve25519.txt").getFirst();
        for (String drawn : List.of("random", "fixed")) {
            KeyAgreement initiator = new X25519Agreement(Draws.fixed(v.octets(drawn + "-i")));
            KeyAgreement responder = new X25519Agreement(Draws.fixed(v.octets(drawn + "-r")));
            assertThat(initiator.publicValue()).isEqualTo(v.octets("pub-i"));
            assertThat(responder.publicValue()).isEqualTo(v.octets("pub-r"));
            assertThat(initiator.agree(v.octets("pub-r")).expose()).isEqualTo(v.octets("shared-secret"));
            assertThat(responder.agree(v.octets("pub-i")).expose()).isEqualTo(v.octets("shared-secret"));
        }
    }

    /** The "d" of the example are the fixed octets read as little-endian numbers. */
    @Test
    void curve25519ScalarsArePublishedAsNumbersToo() {
        Vectors v = Vectors.read("rfc8031/curve25519.txt").getFirst();
        for (String side : List.of("-i", "-r")) {
            byte[] littleEndian = v.octets("fixed" + side).toByteArray();
            assertThat(new BigInteger(1, Arrays.reverse(littleEndian))).isEqualTo(v.number("d" + side));
        }
    }

    /** RFC 8031 section 3.1: payload length 40, group 31, the value as it is. */
    @Test
    void curve25519ValueGoesIntoTheKeyExchangePayloadAsItIs() {
        Vectors v = Vectors.read("rfc8031/curve25519.txt").getFirst();
        KeyAgreement initiator = new X25519Agreement(Draws.fixed(v.octets("random-i")));
        Payload.KeyExchange payload = new Payload.KeyExchange(initiator.group(), initiator.publicValue());
        assertThat(MessageEncoder.payloads(List.of(payload)))
                .isEqualTo(Octets.of(0, 0, 0, 40, 0, 31, 0, 0).plus(v.octets("pub-i")));
    }

    @Test
    void curve448IsNotOffered() {
        assertThat(crypto.supports(Transform.of(TransformType.KE, KeyExchangeId.CURVE448.value())))
                .isFalse();
    }

    /** RFC 8031 section 3.2: the top bit is masked, values of 2^255-19 and more are taken. */
    @Test
    void x25519MasksTheTopBitAndTakesNonCanonicalValues() throws Exception {
        KeyAgreement ours = crypto.keyAgreement(KeyExchangeId.CURVE25519, Draws.seeded(1));
        Octets nine = Octets.of(9).plus(Octets.zeros(31));
        Octets nineWithTopBit = Octets.of(9).plus(Octets.zeros(30)).plus(Octets.of(0x80));
        // p + 9 = 2^255 - 10
        Octets nineNonCanonical = Octets.fromHex("f6" + "ff".repeat(30) + "7f");
        assertThat(ours.agree(nineWithTopBit)).isEqualTo(ours.agree(nine));
        assertThat(ours.agree(nineNonCanonical)).isEqualTo(ours.agree(nine));
    }

    /** 0, 1, the points of order 8, p-1, p and p+1: every one makes an all-zero secret. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void x25519RefusesSmallOrder(String value) {
        assertRefused(KeyExchangeId.CURVE25519, Octets.fromHex(value), "all zero");
    }

    @Test
    void ecpGroupsAgreeAsPublished() throws Exception {
        for (Vectors v : Vectors.read("rfc5903/ecp.txt")) {
            KeyExchangeId id = new KeyExchangeId(v.decimal("group"));
            EcpGroup group = new EcpGroup(
                    id, List.of("secp256r1", "secp384r1", "secp521r1").get(id.value() - 19));
            KeyAgreement initiator = group.agreement(v.number("i"));
            KeyAgreement responder = group.agreement(v.number("r"));
            assertThat(initiator.publicValue()).isEqualTo(v.octets("gi"));
            assertThat(responder.publicValue()).isEqualTo(v.octets("gr"));
            assertThat(initiator.agree(v.octets("gr")).expose()).isEqualTo(v.octets("gir"));
            assertThat(responder.agree(v.octets("gi")).expose()).isEqualTo(v.octets("gir"));
        }
    }

    @ParameterizedTest
    @CsvSource({"19,32", "20,48", "21,66"})
    void ecpRefusesWhatIsNoPoint(int group, int coordinate) {
        KeyExchangeId id = new KeyExchangeId(group);
        Octets good = crypto.keyAgreement(id, Draws.seeded(3)).publicValue();
        Octets offCurve = good.slice(0, 2 * coordinate - 1).plus(Octets.of(good.at(2 * coordinate - 1) ^ 1));
        assertRefused(id, offCurve, "not a point");
        // The point at infinity has no form of its own in x | y; zeros are how it is tried.
        assertRefused(id, Octets.zeros(2 * coordinate), "not a point");
        assertRefused(id, Octets.fromHex("ff".repeat(2 * coordinate)), "prime");
        assertRefused(id, Octets.of(4).plus(good), "octets, not");
        assertRefused(id, good.from(1), "octets, not");
        assertRefused(id, Octets.EMPTY, "octets, not");
    }

    /** x + p fits into the octets of P-521 and is the same point to a careless decoder. */
    @Test
    void ecpRefusesCoordinatesAboveThePrime() {
        Octets good =
                crypto.keyAgreement(KeyExchangeId.ECP_521, Draws.seeded(3)).publicValue();
        BigInteger p = BigInteger.TWO.pow(521).subtract(BigInteger.ONE);
        BigInteger x = new BigInteger(1, good.slice(0, 66).toByteArray()).add(p);
        Octets shifted = Octets.wrap(BigIntegers.asUnsignedByteArray(66, x)).plus(good.from(66));
        assertRefused(KeyExchangeId.ECP_521, shifted, "prime");
    }

    @ParameterizedTest
    @CsvSource({"14,320", "15,384", "16,400"})
    void modpPrimesAreThePublishedOnes(int group, int exponentBits) throws Exception {
        BigInteger prime = prime(group);
        KeyExchangeId id = new KeyExchangeId(group);
        int length = prime.bitLength() / 8;
        KeyAgreement ours = crypto.keyAgreement(id, Draws.seeded(4));
        // 2^x mod p, computed here with the published prime from the same randomness
        BigInteger x =
                new BigInteger(1, Draws.seeded(4).octets(exponentBits / 8).toByteArray()).setBit(exponentBits - 1);
        assertThat(ours.publicValue())
                .isEqualTo(Octets.wrap(BigIntegers.asUnsignedByteArray(length, BigInteger.TWO.modPow(x, prime))));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16})
    void modpRefusesWhatLeavesTheGroup(int group) {
        KeyExchangeId id = new KeyExchangeId(group);
        BigInteger prime = prime(group);
        int length = prime.bitLength() / 8;
        for (BigInteger bad : List.of(
                BigInteger.ZERO, BigInteger.ONE, prime.subtract(BigInteger.ONE), prime, prime.add(BigInteger.TWO))) {
            assertRefused(id, Octets.wrap(BigIntegers.asUnsignedByteArray(length, bad)), "2..p-2");
        }
        assertRefused(id, Octets.of(2), "octets, not");
        assertRefused(
                id,
                Octets.zeros(1).plus(crypto.keyAgreement(id, Draws.seeded(1)).publicValue()),
                "octets, not");
    }

    /** Both ends of the range are values: 2 and p-2. */
    @Test
    void modpSecretIsPaddedToThePrimesLength() throws Exception {
        BigInteger prime = prime(14);
        KeyAgreement ours = crypto.keyAgreement(KeyExchangeId.MODP_2048, Draws.seeded(1));
        Octets two = Octets.zeros(255).plus(Octets.of(2));
        assertThat(ours.agree(two).expose()).isEqualTo(ours.publicValue());
        BigInteger highest = prime.subtract(BigInteger.TWO);
        assertThat(ours.agree(Octets.wrap(BigIntegers.asUnsignedByteArray(256, highest)))
                        .length())
                .isEqualTo(256);
        // A secret below 2^2040 must keep its leading zero octet: search a peer value that gives one.
        for (int i = 3; ; i++) {
            Octets value = Octets.zeros(254).plus(Octets.of(i >> 8, i));
            Octets secret = ours.agree(value).expose();
            assertThat(secret.length()).isEqualTo(256);
            if (secret.at(0) == 0) {
                break;
            }
            assertThat(i).isLessThan(4000);
        }
    }

    private static BigInteger prime(int group) {
        return Vectors.read("rfc3526/primes.txt").stream()
                .filter(v -> v.decimal("group") == group)
                .findFirst()
                .orElseThrow()
                .number("prime");
    }

    private void assertRefused(KeyExchangeId group, Octets value, String reason) {
        KeyAgreement ours = crypto.keyAgreement(group, Draws.seeded(9));
        assertThatThrownBy(() -> ours.agree(value))
                .isInstanceOf(InvalidPublicValueException.class)
                .hasMessageContaining(reason);
    }
}
