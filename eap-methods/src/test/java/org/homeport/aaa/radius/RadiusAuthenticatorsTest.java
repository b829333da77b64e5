package org.homeport.aaa.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

class RadiusAuthenticatorsTest {
    private static final Secret SECRET = Secret.utf8("testing123");
    private static final Octets AUTHENTICATOR = Octets.fromHex("000102030405060708090a0b0c0d0e0f");
    private static final RadiusAttribute USER = RadiusAttribute.text(AttributeType.USER_NAME, "bob");
    private static final List<RadiusAttribute> ATTRIBUTES =
            List.of(USER, new RadiusAttribute(AttributeType.EAP_MESSAGE, Octets.fromHex("020100040101")));

    /** Known answers were made with Python's hmac and hashlib: no RFC prints one. */
    @Test
    void messageAuthenticatorStandsFirstAndIsRight() throws Exception {
        Octets request =
                RadiusAuthenticators.accessRequest(RadiusCode.ACCESS_REQUEST, 7, AUTHENTICATOR, ATTRIBUTES, SECRET);
        assertThat(request.hex())
                .isEqualTo("01070033" + AUTHENTICATOR.hex() + "5012d5a6a2462ca7d6ace6188956e1f98e45"
                        + "0105626f624f08020100040101");
        assertThat(RadiusAuthenticators.isAccessRequestAuthentic(RadiusCodec.decode(request), SECRET))
                .isTrue();
        assertThat(RadiusAuthenticators.isAccessRequestAuthentic(RadiusCodec.decode(request), Secret.utf8("other")))
                .isFalse();
    }

    @Test
    void answersAreAuthenticOnlyForTheirRequest() throws Exception {
        RadiusPacket answer = RadiusCodec.decode(
                RadiusAuthenticators.response(RadiusCode.ACCESS_CHALLENGE, 7, AUTHENTICATOR, ATTRIBUTES, SECRET));
        assertThat(RadiusAuthenticators.isResponseAuthentic(answer, AUTHENTICATOR, SECRET))
                .isTrue();
        assertThat(RadiusAuthenticators.isMessageAuthentic(answer, AUTHENTICATOR, SECRET))
                .isTrue();
        Octets other = Octets.fromHex("ff0102030405060708090a0b0c0d0e0f");
        assertThat(RadiusAuthenticators.isResponseAuthentic(answer, other, SECRET))
                .isFalse();
        assertThat(RadiusAuthenticators.isMessageAuthentic(answer, other, SECRET))
                .isFalse();
    }

    @Test
    void oneMessageAuthenticatorIsNeededAndNoMore() {
        RadiusPacket without = new RadiusPacket(RadiusCode.ACCESS_ACCEPT, 7, AUTHENTICATOR, ATTRIBUTES);
        assertThat(RadiusAuthenticators.isMessageAuthentic(without, AUTHENTICATOR, SECRET))
                .isFalse();
        RadiusAttribute zeros = new RadiusAttribute(AttributeType.MESSAGE_AUTHENTICATOR, Octets.zeros(16));
        List<RadiusAttribute> twice = new ArrayList<>(ATTRIBUTES);
        twice.add(zeros);
        twice.add(zeros);
        assertThat(RadiusAuthenticators.isMessageAuthentic(
                        new RadiusPacket(RadiusCode.ACCESS_ACCEPT, 7, AUTHENTICATOR, twice), AUTHENTICATOR, SECRET))
                .isFalse();
        RadiusAttribute tooLong = new RadiusAttribute(AttributeType.MESSAGE_AUTHENTICATOR, Octets.zeros(17));
        assertThat(RadiusAuthenticators.isMessageAuthentic(
                        new RadiusPacket(RadiusCode.ACCESS_ACCEPT, 7, AUTHENTICATOR, List.of(tooLong)),
                        AUTHENTICATOR,
                        SECRET))
                .isFalse();
    }

    @Test
    void accountingAndDynamicRequestsAreHashed() throws Exception {
        RadiusPacket accounting = RadiusCodec.decode(RadiusAuthenticators.accountingRequest(9, List.of(USER), SECRET));
        assertThat(accounting.first(AttributeType.MESSAGE_AUTHENTICATOR)).isEmpty();
        assertThat(RadiusAuthenticators.isRequestAuthentic(accounting, SECRET)).isTrue();
        RadiusPacket disconnect = RadiusCodec.decode(
                RadiusAuthenticators.dynamicRequest(RadiusCode.DISCONNECT_REQUEST, 9, List.of(USER), SECRET));
        assertThat(RadiusAuthenticators.isRequestAuthentic(disconnect, SECRET)).isTrue();
        assertThat(RadiusAuthenticators.isMessageAuthentic(disconnect, SECRET)).isTrue();
        assertThat(RadiusAuthenticators.isRequestAuthentic(disconnect, Secret.utf8("other")))
                .isFalse();
    }

    @Test
    void keysAreRevealedAndMakeTheMsk() throws Exception {
        RadiusPacket accept = accept(
                "8102696ecd9be513234c9c0ac300eb8baf3d6e48a7a226460642edebc4b13cb8d9e72a7e53edb61f97b6d8f6d338a612859c",
                "810370a1ec0b1fb85a8927b87534d7b0a18ff633f6898d3a88e0db7c5f6d978a1f844ede1ead89f9eead0c9f67fbd1e4c0c9");
        MppeKeys keys = MppeKeys.of(accept, AUTHENTICATOR, SECRET).orElseThrow();
        assertThat(keys.msk().expose().hex())
                .isEqualTo("404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f"
                        + "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f");
    }

    /** As FreeRADIUS sends them after EAP-MSCHAPv2, whose MSK is the two keys and 32 zeros. */
    @Test
    void shortKeysFollowEachOtherWithoutGap() {
        MppeKeys keys = new MppeKeys(Secret.utf8("r".repeat(16)), Secret.utf8("s".repeat(16)));
        assertThat(keys.msk())
                .isEqualTo(Secret.utf8("r".repeat(16) + "s".repeat(16)).plus(Secret.copyOf(new byte[32])));
    }

    @Test
    void keysHiddenAreRevealedAgain() throws Exception {
        MppeKeys keys = new MppeKeys(Secret.copyOf(new byte[16]), Secret.utf8("thirty-two octets of a send key."));
        List<RadiusAttribute> hidden = keys.toAttributes(AUTHENTICATOR, SECRET, target -> {});
        RadiusPacket accept = new RadiusPacket(RadiusCode.ACCESS_ACCEPT, 1, AUTHENTICATOR, hidden);
        assertThat(MppeKeys.of(accept, AUTHENTICATOR, SECRET)).contains(keys);
        assertThat(keys.msk().length()).isEqualTo(64);
    }

    /** As strongSwan and FreeRADIUS do after EAP-MSCHAPv2: MSK is key, key, 32 zeros (fits {@code MschapV2Proof}). */
    @Test
    void shortKeysAreJoinedBeforeTheyAreFilledUp() {
        MppeKeys keys = new MppeKeys(Secret.utf8("r".repeat(16)), Secret.utf8("s".repeat(16)));
        assertThat(keys.msk())
                .isEqualTo(Secret.copyOf(
                        Octets.utf8("r".repeat(16) + "s".repeat(16)).plus(Octets.zeros(32))));
    }

    @Test
    void keysThatCannotBeReadAreNamed() {
        String send =
                "8102696ecd9be513234c9c0ac300eb8baf3d6e48a7a226460642edebc4b13cb8d9e72a7e53edb61f97b6d8f6d338a612859c";
        RadiusPacket alone = new RadiusPacket(RadiusCode.ACCESS_ACCEPT, 1, AUTHENTICATOR, List.of(key(16, send)));
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> MppeKeys.of(alone, AUTHENTICATOR, SECRET))
                .withMessage("MS-MPPE-Send-Key alone");
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> MppeKeys.of(accept(send, "8103"), AUTHENTICATOR, SECRET));
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> MppeKeys.of(accept(send, send), AUTHENTICATOR, Secret.utf8("another")));
    }

    private static RadiusPacket accept(String send, String recv) {
        return new RadiusPacket(RadiusCode.ACCESS_ACCEPT, 1, AUTHENTICATOR, List.of(key(16, send), key(17, recv)));
    }

    private static RadiusAttribute key(int type, String hex) {
        return new VendorAttribute(VendorAttribute.MICROSOFT, type, Octets.fromHex(hex)).toAttribute();
    }
}
