package org.homeport.aaa.dynauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.aaa.dynauth.DynamicAuthorization.Receipt;
import org.homeport.aaa.dynauth.DynamicAuthorizationSettings.Client;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusAuthenticators;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusCodec;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DynamicAuthorizationTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Secret SECRET = Secret.utf8("between us");
    private static final Endpoint FROM = new Endpoint(IpAddress.parse("2001:db8:3::1"), 4000);
    private static final RadiusAttribute ALICE = RadiusAttribute.text(AttributeType.USER_NAME, "alice@example.org");
    private static final RadiusAttribute TIMEOUT = RadiusAttribute.integer(AttributeType.SESSION_TIMEOUT, 600);
    private static final SessionView SESSION = new SessionView(
            "7",
            List.of("alice@example.org", "anonymous@example.org"),
            "boot-7",
            Optional.of("multi-1"),
            "[2001:db8:77::2]:500",
            "ha.example.org",
            List.of(IpAddress.parse("2001:db8:100::a11c"), IpAddress.parse("10.100.0.7")),
            Optional.of(Octets.utf8("cui-1")));

    private final DynamicAuthorization requests = new DynamicAuthorization(new DynamicAuthorizationSettings(
            List.of(),
            List.of(new Client("home", List.of(IpPrefix.parse("2001:db8:3::/64")), SECRET)),
            Duration.ofMinutes(5),
            new NasIdentity("ha", List.of(IpAddress.parse("2001:db8:2::1"), IpAddress.parse("192.0.2.1")))));

    static List<RadiusAttribute> idsOfTheSession() {
        return List.of(
                ALICE,
                RadiusAttribute.text(AttributeType.USER_NAME, "anonymous@example.org"),
                RadiusAttribute.text(AttributeType.ACCT_SESSION_ID, "boot-7"),
                RadiusAttribute.text(AttributeType.ACCT_MULTI_SESSION_ID, "multi-1"),
                RadiusAttribute.text(AttributeType.CALLING_STATION_ID, "[2001:db8:77::2]:500"),
                RadiusAttribute.text(AttributeType.CALLED_STATION_ID, "ha.example.org"),
                RadiusAttribute.text(AttributeType.CHARGEABLE_USER_IDENTITY, "cui-1"),
                RadiusAttribute.address(AttributeType.FRAMED_IPV6_ADDRESS, IpAddress.parse("2001:db8:100::a11c")),
                RadiusAttribute.address(AttributeType.FRAMED_IP_ADDRESS, IpAddress.parse("10.100.0.7")));
    }

    @ParameterizedTest
    @MethodSource("idsOfTheSession")
    void sessionIsFoundByEachOfItsIds(RadiusAttribute id) {
        Order order = accepted(RadiusCode.DISCONNECT_REQUEST, id);
        assertThat(order).isInstanceOf(Order.Disconnect.class);
        assertThat(order.selection().matches(SESSION)).isTrue();
    }

    @Test
    void allIdsMustMatch() {
        RadiusAttribute other = RadiusAttribute.text(AttributeType.ACCT_SESSION_ID, "boot-8");
        assertThat(accepted(RadiusCode.DISCONNECT_REQUEST, ALICE, other)
                        .selection()
                        .matches(SESSION))
                .isFalse();
    }

    @Test
    void prefixAndInterfaceIdAreOneAddress() {
        RadiusAttribute prefix =
                RadiusAttribute.ipv6Prefix(AttributeType.FRAMED_IPV6_PREFIX, IpPrefix.parse("2001:db8:100::/64"));
        RadiusAttribute id = new RadiusAttribute(AttributeType.FRAMED_INTERFACE_ID, Octets.fromHex("000000000000a11c"));
        assertThat(accepted(RadiusCode.DISCONNECT_REQUEST, ALICE, prefix, id)
                        .selection()
                        .matches(SESSION))
                .isTrue();
        assertThat(refused(RadiusCode.DISCONNECT_REQUEST, ALICE, prefix).cause())
                .isEqualTo(ErrorCause.MISSING_ATTRIBUTE);
    }

    @Test
    void changeSaysWhatBecomesOfTheSession() {
        RadiusAttribute filter = RadiusAttribute.text(AttributeType.FILTER_ID, "gold");
        Order order = accepted(RadiusCode.COA_REQUEST, ALICE, TIMEOUT, filter);
        assertThat(((Order.Alter) order).change())
                .isEqualTo(new Change(Optional.of(Duration.ofSeconds(600)), Optional.of(List.of("gold"))));
        assertThat(((Order.Alter) accepted(RadiusCode.COA_REQUEST, ALICE, filter))
                        .change()
                        .sessionTimeout())
                .isEmpty();
    }

    static List<Arguments> refusals() {
        RadiusAttribute nas = RadiusAttribute.text(AttributeType.NAS_IDENTIFIER, "other");
        RadiusAttribute address = RadiusAttribute.address(AttributeType.NAS_IP_ADDRESS, IpAddress.parse("192.0.2.9"));
        RadiusAttribute shortTimeout = new RadiusAttribute(AttributeType.SESSION_TIMEOUT, Octets.of(1));
        return List.of(
                refusal(RadiusCode.DISCONNECT_REQUEST, ErrorCause.MISSING_ATTRIBUTE),
                refusal(RadiusCode.COA_REQUEST, ErrorCause.MISSING_ATTRIBUTE, ALICE),
                refusal(RadiusCode.COA_REQUEST, ErrorCause.MISSING_ATTRIBUTE, TIMEOUT),
                refusal(RadiusCode.DISCONNECT_REQUEST, ErrorCause.UNSUPPORTED_ATTRIBUTE, ALICE, TIMEOUT),
                refusal(
                        RadiusCode.DISCONNECT_REQUEST,
                        ErrorCause.UNSUPPORTED_ATTRIBUTE,
                        ALICE,
                        RadiusAttribute.integer(AttributeType.SERVICE_TYPE, 2)),
                refusal(
                        RadiusCode.COA_REQUEST,
                        ErrorCause.UNSUPPORTED_ATTRIBUTE,
                        ALICE,
                        TIMEOUT,
                        RadiusAttribute.integer(AttributeType.FRAMED_MTU, 1400)),
                refusal(
                        RadiusCode.COA_REQUEST,
                        ErrorCause.UNSUPPORTED_ATTRIBUTE,
                        ALICE,
                        TIMEOUT,
                        RadiusAttribute.text(AttributeType.CLASS, "gold")),
                refusal(
                        RadiusCode.COA_REQUEST,
                        ErrorCause.UNSUPPORTED_SERVICE,
                        ALICE,
                        RadiusAttribute.integer(AttributeType.SERVICE_TYPE, 17)),
                refusal(RadiusCode.DISCONNECT_REQUEST, ErrorCause.NAS_IDENTIFICATION_MISMATCH, ALICE, nas),
                refusal(RadiusCode.DISCONNECT_REQUEST, ErrorCause.NAS_IDENTIFICATION_MISMATCH, ALICE, address),
                refusal(RadiusCode.COA_REQUEST, ErrorCause.INVALID_ATTRIBUTE_VALUE, ALICE, shortTimeout),
                refusal(RadiusCode.COA_REQUEST, ErrorCause.INVALID_REQUEST, ALICE, TIMEOUT, TIMEOUT),
                refusal(RadiusCode.DISCONNECT_REQUEST, ErrorCause.INVALID_REQUEST, ALICE, ALICE));
    }

    private static Arguments refusal(RadiusCode code, ErrorCause cause, RadiusAttribute... attributes) {
        return Arguments.of(code, cause, List.of(attributes));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsNotCarriedOutIsRefusedWithItsCause(RadiusCode code, ErrorCause cause, List<RadiusAttribute> attributes)
            throws Exception {
        Receipt.Refused refused = refused(code, attributes.toArray(RadiusAttribute[]::new));
        assertThat(refused.cause()).isEqualTo(cause);
        RadiusPacket answer = RadiusCodec.decode(refused.answer());
        assertThat(answer.code())
                .isEqualTo(code == RadiusCode.COA_REQUEST ? RadiusCode.COA_NAK : RadiusCode.DISCONNECT_NAK);
        assertThat(answer.first(AttributeType.ERROR_CAUSE).orElseThrow().integer())
                .isEqualTo(cause.number());
    }

    @Test
    void ourOwnNasIdsAreFine() {
        assertThat(accepted(
                                RadiusCode.DISCONNECT_REQUEST,
                                ALICE,
                                RadiusAttribute.text(AttributeType.NAS_IDENTIFIER, "ha"),
                                RadiusAttribute.address(
                                        AttributeType.NAS_IPV6_ADDRESS, IpAddress.parse("2001:db8:2::1")))
                        .selection()
                        .conditions())
                .hasSize(1);
    }

    /** It names the session that accounting knows by it, and changes nothing. */
    @Test
    void classIsNoObstacleToADisconnect() {
        assertThat(accepted(RadiusCode.DISCONNECT_REQUEST, ALICE, RadiusAttribute.text(AttributeType.CLASS, "gold"))
                        .selection()
                        .matches(SESSION))
                .isTrue();
    }

    @Test
    void answerIsAuthenticAndRepeatsProxyStates() throws Exception {
        RadiusAttribute one = RadiusAttribute.text(AttributeType.PROXY_STATE, "one");
        RadiusAttribute two = RadiusAttribute.text(AttributeType.PROXY_STATE, "two");
        Octets request = request(RadiusCode.DISCONNECT_REQUEST, NOW, one, ALICE, two);
        Receipt.Accepted accepted = (Receipt.Accepted) requests.receive(FROM, request, NOW);
        RadiusPacket answer = RadiusCodec.decode(requests.acknowledge(accepted.ticket()));
        Octets authenticator = RadiusCodec.decode(request).authenticator();
        assertThat(answer.code()).isEqualTo(RadiusCode.DISCONNECT_ACK);
        assertThat(answer.all(AttributeType.PROXY_STATE)).containsExactly(one, two);
        assertThat(RadiusAuthenticators.isResponseAuthentic(answer, authenticator, SECRET))
                .isTrue();
        assertThat(RadiusAuthenticators.isMessageAuthentic(answer, authenticator, SECRET))
                .isTrue();
    }

    @Test
    void repeatedRequestGetsTheSameAnswerAndNoSecondAct() {
        Octets request = request(RadiusCode.DISCONNECT_REQUEST, NOW, ALICE);
        Receipt.Accepted accepted = (Receipt.Accepted) requests.receive(FROM, request, NOW);
        assertThat(reason(requests.receive(FROM, request, NOW))).isEqualTo("in-progress");
        Octets answer = requests.acknowledge(accepted.ticket());
        assertThat(requests.receive(FROM, request, NOW)).isEqualTo(new Receipt.Again(answer));
        assertThat(requests.receive(FROM.withPort(4001), request, NOW.plusSeconds(299)))
                .isEqualTo(new Receipt.Again(answer));
        assertThat(reason(requests.receive(FROM, request, NOW.plusSeconds(301))))
                .isEqualTo("stale");
    }

    @Test
    void replayFromAnotherAddressOfTheClientIsNoSecondAct() {
        Octets request = request(RadiusCode.DISCONNECT_REQUEST, NOW, ALICE);
        Endpoint neighbour = new Endpoint(IpAddress.parse("2001:db8:3::2"), 4000);
        Receipt.Accepted accepted = (Receipt.Accepted) requests.receive(FROM, request, NOW);
        assertThat(reason(requests.receive(neighbour, request, NOW))).isEqualTo("in-progress");
        Octets answer = requests.acknowledge(accepted.ticket());
        assertThat(requests.receive(neighbour, request, NOW)).isEqualTo(new Receipt.Again(answer));
    }

    @Test
    void requestFromTheFutureCannotBeReplayedWhenItsTimeComes() {
        Octets request = request(RadiusCode.DISCONNECT_REQUEST, NOW.plusSeconds(299), ALICE);
        Receipt.Accepted accepted = (Receipt.Accepted) requests.receive(FROM, request, NOW);
        Octets answer = requests.acknowledge(accepted.ticket());
        assertThat(requests.receive(FROM, request, NOW.plusSeconds(598))).isEqualTo(new Receipt.Again(answer));
    }

    @Test
    void whoProvesNothingHearsNothing() {
        Octets request = request(RadiusCode.DISCONNECT_REQUEST, NOW, ALICE);
        Endpoint stranger = new Endpoint(IpAddress.parse("2001:db8:4::1"), 4000);
        assertThat(reason(requests.receive(stranger, request, NOW))).isEqualTo("unknown-client");
        assertThat(reason(requests.receive(FROM, request.slice(0, 30), NOW))).isEqualTo("malformed");
        Octets otherSecret = RadiusAuthenticators.dynamicRequest(
                RadiusCode.DISCONNECT_REQUEST, 1, List.of(timestamp(NOW), ALICE), Secret.utf8("guessed"));
        assertThat(reason(requests.receive(FROM, otherSecret, NOW))).isEqualTo("wrong-authenticator");
        Octets unsigned = RadiusAuthenticators.accountingRequest(1, List.of(timestamp(NOW), ALICE), SECRET);
        assertThat(reason(requests.receive(FROM, unsigned, NOW))).isEqualTo("wrong-code");
        Octets stale = request(RadiusCode.DISCONNECT_REQUEST, NOW.minusSeconds(301), ALICE);
        assertThat(reason(requests.receive(FROM, stale, NOW))).isEqualTo("stale");
        Octets timeless = RadiusAuthenticators.dynamicRequest(RadiusCode.DISCONNECT_REQUEST, 1, List.of(ALICE), SECRET);
        assertThat(reason(requests.receive(FROM, timeless, NOW))).isEqualTo("no-timestamp");
    }

    /** The Request Authenticator alone is a bare MD5 (RFC 5176 section 3.4); its sender did not sign. */
    @Test
    void rightHashWithoutTheRightSignatureIsNotBelieved() {
        Octets unsigned = hashed(List.of(timestamp(NOW), ALICE));
        assertThat(reason(requests.receive(FROM, unsigned, NOW))).isEqualTo("no-message-authenticator");
        Octets forged = hashed(List.of(
                new RadiusAttribute(AttributeType.MESSAGE_AUTHENTICATOR, Octets.zeros(16)), timestamp(NOW), ALICE));
        assertThat(reason(requests.receive(FROM, forged, NOW))).isEqualTo("wrong-message-authenticator");
    }

    /** A Disconnect-Request whose Request Authenticator is right. */
    private static Octets hashed(List<RadiusAttribute> attributes) {
        RadiusPacket packet = new RadiusPacket(RadiusCode.DISCONNECT_REQUEST, 1, Octets.zeros(16), attributes);
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(RadiusCodec.encode(packet).toByteArray());
            Octets hash = Octets.wrap(md5.digest("between us".getBytes(StandardCharsets.UTF_8)));
            return RadiusCodec.encode(new RadiusPacket(RadiusCode.DISCONNECT_REQUEST, 1, hash, attributes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private Order accepted(RadiusCode code, RadiusAttribute... attributes) {
        Receipt receipt = requests.receive(FROM, request(code, NOW, attributes), NOW);
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        return ((Receipt.Accepted) receipt).order();
    }

    private Receipt.Refused refused(RadiusCode code, RadiusAttribute... attributes) {
        Receipt receipt = requests.receive(FROM, request(code, NOW, attributes), NOW);
        assertThat(receipt).isInstanceOf(Receipt.Refused.class);
        return (Receipt.Refused) receipt;
    }

    private static String reason(Receipt receipt) {
        assertThat(receipt).isInstanceOf(Receipt.Discarded.class);
        return ((Receipt.Discarded) receipt).reason();
    }

    private static Octets request(RadiusCode code, Instant at, RadiusAttribute... attributes) {
        List<RadiusAttribute> all = new ArrayList<>(List.of(attributes));
        all.add(timestamp(at));
        return RadiusAuthenticators.dynamicRequest(code, 1, all, SECRET);
    }

    private static RadiusAttribute timestamp(Instant at) {
        return RadiusAttribute.integer(AttributeType.EVENT_TIMESTAMP, at.getEpochSecond());
    }
}
