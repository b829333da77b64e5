package org.homeport.aaa.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RadiusCodecTest {
    /** The examples of RFC 2865 section 7, all with the secret "xyzzy5461". */
    private static final Secret SECRET = Secret.utf8("xyzzy5461");

    private static final String LOGIN_REQUEST = "010000380f403f9473978057bd83d5cb98f4227a01066e656d6f02120dbe708d93d4"
            + "13ce3196e43f782a0aee0406c0a80110050600000003";
    private static final String LOGIN_ACCEPT =
            "0200002686fe220e7624ba2a1005f6bf9b55e0b2060600000001" + "0f06000000000e06c0a80103";
    private static final String CHAP_REQUEST = "010100472aee86f08d0d55969ca5978e0d3367a20108666c6f7073790313"
            + "16e97557c316185895f293ff634407727504" + "06c0a80110050600000014060600000002070600000001";
    private static final String CHAP_ACCEPT = "0201003815efbc7dab26cfa3dc34d9c03c8601a40606000000020706000000010806fff"
            + "ffffe0a06000000020d06000000010c06000005dc";
    private static final String CARD_REQUEST = "01020039f3a47a1f6a6d76710b947ab93041a03901076d6f707379021233657573778"
            + "289b570885e15084825c50406c0a80110050600000007";
    private static final String CARD_CHALLENGE = "0b02004e36f3c8764ae8c71157403c0c71ff9c4512304368616c6c656e67652033"
            + "323736393433302e2020456e74657220726573706f6e73652061742070726f6d70742e180a3332373639343330";
    private static final String CARD_AUTHENTICATOR = "b122556d428a13d0d6253807c457ecf0";
    private static final String CARD_REJECT = "03030014a42f4fca45916c4e09c8340f9e746aa0";

    @ParameterizedTest
    @ValueSource(
            strings = {LOGIN_REQUEST, LOGIN_ACCEPT, CHAP_REQUEST, CHAP_ACCEPT, CARD_REQUEST, CARD_CHALLENGE, CARD_REJECT
            })
    void examplesComeThroughUnchanged(String hex) throws Exception {
        assertThat(RadiusCodec.encode(decode(hex)).hex()).isEqualTo(hex);
    }

    @Test
    void exampleIsReadFieldByField() throws Exception {
        RadiusPacket request = decode(LOGIN_REQUEST);
        assertThat(request.code()).isEqualTo(RadiusCode.ACCESS_REQUEST);
        assertThat(request.identifier()).isZero();
        assertThat(request.first(AttributeType.USER_NAME).orElseThrow().text()).isEqualTo("nemo");
        assertThat(request.first(AttributeType.NAS_IP_ADDRESS).orElseThrow().address())
                .isEqualTo(IpAddress.parse("192.168.1.16"));
        assertThat(request.first(AttributeType.NAS_PORT).orElseThrow().integer())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        LOGIN_REQUEST + "," + LOGIN_ACCEPT,
        CHAP_REQUEST + "," + CHAP_ACCEPT,
        CARD_REQUEST + "," + CARD_CHALLENGE
    })
    void responseAuthenticatorsOfTheExamplesAreRight(String request, String response) throws Exception {
        Octets authenticator = decode(request).authenticator();
        assertThat(RadiusAuthenticators.isResponseAuthentic(decode(response), authenticator, SECRET))
                .isTrue();
        assertThat(RadiusAuthenticators.isResponseAuthentic(decode(response), authenticator, Secret.utf8("xyzzy5462")))
                .isFalse();
        assertThat(RadiusAuthenticators.isResponseAuthentic(
                        decode(response), decode(response).authenticator(), SECRET))
                .isFalse();
    }

    @Test
    void rejectOfTheExamplesIsAuthentic() throws Exception {
        assertThat(RadiusAuthenticators.isResponseAuthentic(
                        decode(CARD_REJECT), Octets.fromHex(CARD_AUTHENTICATOR), SECRET))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({LOGIN_REQUEST + ",arctangent", CARD_REQUEST + ",challenge"})
    void passwordsOfTheExamplesAreHiddenAlike(String hex, String password) throws Exception {
        RadiusPacket request = decode(hex);
        assertThat(UserPassword.hide(Secret.utf8(password), request.authenticator(), SECRET))
                .isEqualTo(request.first(AttributeType.USER_PASSWORD).orElseThrow());
    }

    @Test
    void paddingBehindThePacketIsIgnored() throws Exception {
        assertThat(decode(LOGIN_ACCEPT + "ffff")).isEqualTo(decode(LOGIN_ACCEPT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0200",
                // Shorter than it says.
                "0200002686fe220e7624ba2a1005f6bf9b55e0b2060600000001",
                // Lengths below the header and beyond 4096.
                "0200001386fe220e7624ba2a1005f6bf9b55e0b2",
                "0200100186fe220e7624ba2a1005f6bf9b55e0b2",
                // Attributes of length 0 and 1, of type 0, and one without its length.
                "0200001686fe220e7624ba2a1005f6bf9b55e0b20600",
                "0200001686fe220e7624ba2a1005f6bf9b55e0b20601",
                "0200001786fe220e7624ba2a1005f6bf9b55e0b2000300",
                "0200001586fe220e7624ba2a1005f6bf9b55e0b206",
                // No such code.
                "6300001486fe220e7624ba2a1005f6bf9b55e0b2",
                // RFC 2865's own example of a State that says 16 octets and has 10.
                "01030043b122556d428a13d0d6253807c457ecf001076d6f70737902"
                        + "12692c1f205fc081b919b95195f561a5810406c0a8011005060000000718103332373639343330"
            })
    void malformedPacketsAreRefused(String hex) {
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> decode(hex));
    }

    @Test
    void eapPacketsAreSplitAndJoined() throws Exception {
        Octets packet = Octets.zeros(254).plus(Octets.of(1, 2, 3)).plus(Octets.zeros(300));
        List<RadiusAttribute> parts = RadiusPacket.eapMessage(packet);
        assertThat(parts).extracting(a -> a.value().length()).containsExactly(253, 253, 51);
        RadiusPacket request = new RadiusPacket(RadiusCode.ACCESS_REQUEST, 1, Octets.zeros(16), parts);
        assertThat(RadiusCodec.decode(RadiusCodec.encode(request)).eapMessage()).contains(packet);
    }

    @Test
    void prefixesAreReadInBothForms() throws Exception {
        IpPrefix prefix = IpPrefix.parse("2001:db8:100::/48");
        assertThat(new RadiusAttribute(97, Octets.fromHex("003020010db80100")).ipv6Prefix())
                .isEqualTo(prefix);
        assertThat(RadiusAttribute.ipv6Prefix(97, prefix).ipv6Prefix()).isEqualTo(prefix);
        Octets home = Octets.fromHex("3020010db8010000000000000000000000");
        assertThat(new RadiusAttribute(125, home).homeLinkPrefix()).isEqualTo(prefix);
        assertThat(new RadiusAttribute(125, Octets.of(0).plus(home)).homeLinkPrefix())
                .isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "008120010db8",
                "003020010db8",
                "003020010db801000001",
                "0000" + "00000000000000000000000000000000" + "00"
            })
    void wrongPrefixesAreRefused(String hex) {
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> new RadiusAttribute(97, Octets.fromHex(hex)).ipv6Prefix());
    }

    @Test
    void passwordsDoNotShowInLogs() throws Exception {
        assertThat(decode(LOGIN_REQUEST).toString())
                .contains("2=Secret[16 octets]")
                .doesNotContain("0dbe708d");
    }

    private static RadiusPacket decode(String hex) throws WireException {
        return RadiusCodec.decode(Octets.fromHex(hex));
    }
}
