package org.homeport.aaa.radius.eap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.aaa.radius.eap.ScriptedServer.attribute;
import static org.homeport.aaa.radius.eap.ScriptedServer.number;
import static org.homeport.aaa.radius.eap.ScriptedServer.text;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantReaderTest {
    private final GrantReader reader = new GrantReader("home", Set.of(GrantReader.FRAMED));

    @Test
    void nothingSaidIsTheNameWeSent() {
        AaaGrant grant = granted();
        assertThat(grant.identity()).isEqualTo("alice@example.org");
        assertThat(grant.sessionTimeout()).isEmpty();
        assertThat(grant.addresses()).isEmpty();
        assertThat(grant.profile().route()).isEqualTo("home");
    }

    @Test
    void lifetimesAreSeconds() {
        AaaGrant grant = granted(
                number(AttributeType.SESSION_TIMEOUT, 3600),
                number(AttributeType.IDLE_TIMEOUT, 300),
                number(AttributeType.ACCT_INTERIM_INTERVAL, 600));
        assertThat(grant.sessionTimeout()).contains(Duration.ofHours(1));
        assertThat(grant.profile().idleTimeout()).contains(Duration.ofMinutes(5));
        assertThat(grant.profile().interimInterval()).contains(Duration.ofMinutes(10));
    }

    @Test
    void ofSeveralLifetimesTheShortestHolds() {
        assertThat(granted(
                                number(AttributeType.SESSION_TIMEOUT, 0xffff_ffffL),
                                number(AttributeType.SESSION_TIMEOUT, 60),
                                number(AttributeType.SESSION_TIMEOUT, 70))
                        .sessionTimeout())
                .contains(Duration.ofMinutes(1));
    }

    @Test
    void idleTimeoutOfZeroIsNone() {
        assertThat(granted(number(AttributeType.IDLE_TIMEOUT, 0)).profile().idleTimeout())
                .isEmpty();
    }

    @Test
    void wholeAddressesAreTaken() {
        assertThat(granted(
                                ipv6(AttributeType.FRAMED_IPV6_ADDRESS, "2001:db8::5"),
                                ipv6(AttributeType.FRAMED_IPV6_ADDRESS, "2001:db8::6"),
                                attribute(AttributeType.FRAMED_IP_ADDRESS, Octets.of(192, 0, 2, 5)))
                        .addresses())
                .containsExactly(
                        IpAddress.parse("2001:db8::5"), IpAddress.parse("2001:db8::6"), IpAddress.parse("192.0.2.5"));
    }

    @Test
    void prefixAndInterfaceIdMakeAnAddress() {
        RadiusAttribute prefix = attribute(AttributeType.FRAMED_IPV6_PREFIX, Octets.fromHex("0040 20010db800010002"));
        RadiusAttribute id = attribute(AttributeType.FRAMED_INTERFACE_ID, Octets.fromHex("0200 0000 0000 0009"));
        AaaGrant grant = granted(prefix, id);
        assertThat(grant.addresses()).containsExactly(IpAddress.parse("2001:db8:1:2:200::9"));
        assertThat(grant.profile().framedPrefixes()).containsExactly(IpPrefix.parse("2001:db8:1:2::/64"));
        assertThat(grant.profile().interfaceId()).contains(Octets.fromHex("0200 0000 0000 0009"));
        assertThat(granted(prefix).addresses()).isEmpty();
        assertThat(granted(prefix, id, ipv6(AttributeType.FRAMED_IPV6_ADDRESS, "2001:db8::5"))
                        .addresses())
                .containsExactly(IpAddress.parse("2001:db8::5"));
    }

    @Test
    void hostPrefixIsAnAddress() {
        assertThat(granted(attribute(
                                AttributeType.FRAMED_IPV6_PREFIX,
                                Octets.fromHex("0080 20010db8000000000000000000000007")))
                        .addresses())
                .containsExactly(IpAddress.parse("2001:db8::7"));
    }

    @ParameterizedTest
    @CsvSource({"255.255.255.254", "255.255.255.255"})
    void addressThatOthersChooseIsNone(String address) {
        assertThat(granted(attribute(
                                AttributeType.FRAMED_IP_ADDRESS,
                                IpAddress.parse(address).octets()))
                        .addresses())
                .isEmpty();
    }

    @Test
    void poolsAreNamed() {
        assertThat(granted(
                                text(AttributeType.FRAMED_IPV6_POOL, "gold"),
                                text(AttributeType.STATEFUL_IPV6_ADDRESS_POOL, "silver"),
                                text(AttributeType.FRAMED_POOL, "gold"))
                        .pools())
                .containsExactly("gold", "silver");
    }

    @Test
    void classesAreKeptAndTextOnesAreGroups() {
        AaaGrant grant = granted(
                text(AttributeType.CLASS, "gold"),
                attribute(AttributeType.CLASS, Octets.of(0xff, 0)),
                text(AttributeType.FILTER_ID, "staff"),
                text(AttributeType.FILTER_ID, "gold"));
        assertThat(grant.profile().classes()).containsExactly(Octets.utf8("gold"), Octets.of(0xff, 0));
        assertThat(grant.groups()).containsExactly("gold", "staff");
        assertThat(grant.profile().filters()).containsExactly("staff", "gold");
    }

    @Test
    void chargeableUserIsKeptUnlessNul() {
        assertThat(granted(text(AttributeType.CHARGEABLE_USER_IDENTITY, "cui"))
                        .profile()
                        .chargeableUserIdentity())
                .contains(Octets.utf8("cui"));
        assertThat(granted(attribute(AttributeType.CHARGEABLE_USER_IDENTITY, Octets.of(0)))
                        .profile()
                        .chargeableUserIdentity())
                .isEmpty();
    }

    @Test
    void mobilityAttributesAreRead() {
        AaaGrant grant = granted(
                attribute(AttributeType.MIP6_FEATURE_VECTOR, Octets.fromHex("8000000000000003")),
                attribute(AttributeType.MIP6_HOME_LINK_PREFIX, Octets.fromHex("40 20010db8000100020000000000000000")),
                attribute(AttributeType.DELEGATED_IPV6_PREFIX, Octets.fromHex("0030 20010db80005")),
                ipv6(AttributeType.DNS_SERVER_IPV6_ADDRESS, "2001:db8::53"),
                attribute(AttributeType.EAP_KEY_NAME, Octets.of(13, 1, 2)));
        assertThat(grant.profile().mip6Features()).isEqualTo(OptionalLong.of(0x8000_0000_0000_0003L));
        assertThat(grant.profile().homeLinkPrefix()).contains(IpPrefix.parse("2001:db8:1:2::/64"));
        assertThat(grant.profile().delegatedPrefixes()).containsExactly(IpPrefix.parse("2001:db8:5::/48"));
        assertThat(grant.profile().dns()).containsExactly(IpAddress.parse("2001:db8::53"));
        assertThat(grant.profile().eapKeyName()).contains(Octets.of(13, 1, 2));
    }

    @Test
    void homeLinkPrefixMayComeAsADictionaryMadeIt() {
        assertThat(granted(attribute(
                                AttributeType.MIP6_HOME_LINK_PREFIX,
                                Octets.fromHex("0040 20010db8000100020000000000000000")))
                        .profile()
                        .homeLinkPrefix())
                .contains(IpPrefix.parse("2001:db8:1:2::/64"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 610062, User-Name",
        "6, 00000001, Service-Type",
        "6, 0002, Service-Type",
        "8, c00002, Framed-IP-Address",
        "8, 00000000, Framed-IP-Address",
        "27, 00000000, Session-Timeout",
        "27, 3630, Session-Timeout",
        "28, 3630, Idle-Timeout",
        "88, 00, Framed-Pool",
        "96, 01, Framed-Interface-Id",
        "97, 0081, Framed-IPv6-Prefix",
        "97, 004020010db8, Framed-IPv6-Prefix",
        "97, 002020010db8ff, Framed-IPv6-Prefix",
        "123, 00, Delegated-IPv6-Prefix",
        "124, 00000001, MIP6-Feature-Vector",
        "125, 4020010db8, MIP6-Home-Link-Prefix",
        "125, 2020010db8000100020000000000000000, MIP6-Home-Link-Prefix",
        "168, 20010db8, Framed-IPv6-Address",
    })
    void whatBindsAndIsMalformedRefusesTheWhole(int type, String value, String name) {
        assertThat(reader.read(List.of(attribute(type, Octets.fromHex(value))), "alice@example.org"))
                .isInstanceOfSatisfying(
                        GrantReader.Reading.Refused.class,
                        refused -> assertThat(refused.reason()).contains(name + " (" + type + ")"));
    }

    @Test
    void twoNamesAreNone() {
        assertThat(reader.read(
                        List.of(text(AttributeType.USER_NAME, "alice"), text(AttributeType.USER_NAME, "bob")), "x"))
                .isInstanceOf(GrantReader.Reading.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"85, 0000003b", "85, 01", "169, 20010db8", "25, ''"})
    void whatDoesNotBindIsLeftOutWithAWarning(int type, String value) {
        assertThat(reader.read(List.of(attribute(type, Octets.fromHex(value))), "alice@example.org"))
                .isInstanceOfSatisfying(GrantReader.Reading.Granted.class, granted -> {
                    assertThat(granted.warnings())
                            .singleElement()
                            .asString()
                            .startsWith("attribute " + type + " left out");
                    assertThat(granted.grant()).isEqualTo(granted());
                });
    }

    @Test
    void unknownAttributesAreIgnored() {
        assertThat(granted(attribute(200, Octets.of(1)), attribute(26, Octets.of(0, 0, 1, 55, 1, 2))))
                .isEqualTo(granted());
    }

    private AaaGrant granted(RadiusAttribute... attributes) {
        GrantReader.Reading reading = reader.read(List.of(attributes), "alice@example.org");
        assertThat(reading).isInstanceOf(GrantReader.Reading.Granted.class);
        return ((GrantReader.Reading.Granted) reading).grant();
    }

    private static RadiusAttribute ipv6(int type, String address) {
        return attribute(type, IpAddress.parse(address).octets());
    }
}
