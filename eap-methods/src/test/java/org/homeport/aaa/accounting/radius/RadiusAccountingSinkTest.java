package org.homeport.aaa.accounting.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.homeport.aaa.accounting.AccountedSession;
import org.homeport.aaa.accounting.AccountingRecord;
import org.homeport.aaa.accounting.AccountingSink.Delivery;
import org.homeport.aaa.accounting.Authentic;
import org.homeport.aaa.accounting.TerminateCause;
import org.homeport.aaa.accounting.Usage;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.eap.NasSettings;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

class RadiusAccountingSinkTest {
    private static final Instant BEGAN = Instant.ofEpochSecond(1_795_000_000);
    private static final AccountedSession SESSION = new AccountedSession(
            "b007-1",
            "b007-0",
            "home",
            "alice@example.org",
            Authentic.RADIUS,
            List.of(Octets.of(0, 1, 2), Octets.utf8("gold")),
            Optional.of(Octets.utf8("bill-17")),
            List.of(
                    IpAddress.parse("2001:db8:100::a"),
                    IpAddress.parse("192.0.2.9"),
                    IpAddress.parse("2001:db8:101::a")),
            List.of(IpPrefix.parse("2001:db8:100::/64"), IpPrefix.parse("192.0.2.0/24")),
            new Endpoint(IpAddress.parse("2001:db8:77::2"), 4500),
            IpAddress.parse("2001:db8:2::1"),
            BEGAN);

    private final List<RadiusAttribute> sent = new ArrayList<>();
    private final RadiusAccountingSink sink = new RadiusAccountingSink(
            new NasSettings(
                    "ha.example.org",
                    Optional.empty(),
                    Optional.of(IpAddress.parse("2001:db8:2::1")),
                    Optional.of("ha.example.org"),
                    Optional.of("example.org"),
                    1120,
                    OptionalLong.empty()),
            Map.of("home", attributes -> {
                sent.addAll(attributes);
                return CompletableFuture.completedFuture(new Delivery.Delivered());
            }));

    private List<Octets> values(int type) {
        return sent.stream()
                .filter(attribute -> attribute.type() == type)
                .map(RadiusAttribute::value)
                .toList();
    }

    private long number(int type) throws Exception {
        return sent.stream()
                .filter(attribute -> attribute.type() == type)
                .findFirst()
                .orElseThrow()
                .integer();
    }

    @Test
    void stopHasEverythingThatTellsWhoUsedWhatAndWhere() throws Exception {
        AccountingRecord stop = new AccountingRecord.Stop(
                SESSION,
                BEGAN.plusSeconds(3600),
                new Usage(5 * (1L << 32) + 17, 100, 4_294_967_295L, 1L << 33),
                TerminateCause.SESSION_TIMEOUT);
        assertThat(sink.deliver("home", stop, Duration.ofSeconds(40))).isCompletedWithValue(new Delivery.Delivered());
        assertThat(number(AttributeType.ACCT_STATUS_TYPE)).isEqualTo(2);
        assertThat(values(AttributeType.ACCT_SESSION_ID)).containsExactly(Octets.utf8("b007-1"));
        assertThat(values(AttributeType.ACCT_MULTI_SESSION_ID)).containsExactly(Octets.utf8("b007-0"));
        assertThat(values(AttributeType.USER_NAME)).containsExactly(Octets.utf8("alice@example.org"));
        assertThat(values(AttributeType.CLASS)).containsExactly(Octets.of(0, 1, 2), Octets.utf8("gold"));
        assertThat(values(AttributeType.CHARGEABLE_USER_IDENTITY)).containsExactly(Octets.utf8("bill-17"));
        assertThat(values(AttributeType.FRAMED_IP_ADDRESS)).containsExactly(Octets.of(192, 0, 2, 9));
        assertThat(values(AttributeType.FRAMED_IPV6_ADDRESS))
                .containsExactly(
                        IpAddress.parse("2001:db8:100::a").octets(),
                        IpAddress.parse("2001:db8:101::a").octets());
        assertThat(values(AttributeType.FRAMED_IPV6_PREFIX))
                .containsExactly(
                        Octets.of(0, 64).plus(IpAddress.parse("2001:db8:100::").octets()));
        assertThat(values(AttributeType.CALLING_STATION_ID)).containsExactly(Octets.utf8("[2001:db8:77::2]:4500"));
        assertThat(values(AttributeType.CALLED_STATION_ID)).containsExactly(Octets.utf8("ha.example.org"));
        assertThat(values(AttributeType.NAS_IDENTIFIER)).containsExactly(Octets.utf8("ha.example.org"));
        assertThat(values(AttributeType.NAS_IPV6_ADDRESS)).hasSize(1);
        assertThat(values(AttributeType.OPERATOR_NAME)).containsExactly(Octets.utf8("1example.org"));
        assertThat(number(AttributeType.NAS_PORT_TYPE)).isEqualTo(5);
        assertThat(number(AttributeType.SERVICE_TYPE)).isEqualTo(2);
        assertThat(number(AttributeType.ACCT_AUTHENTIC)).isEqualTo(1);
        assertThat(number(AttributeType.ACCT_INPUT_OCTETS)).isEqualTo(17);
        assertThat(number(AttributeType.ACCT_INPUT_GIGAWORDS)).isEqualTo(5);
        assertThat(number(AttributeType.ACCT_OUTPUT_OCTETS)).isEqualTo(4_294_967_295L);
        assertThat(number(AttributeType.ACCT_OUTPUT_GIGAWORDS)).isZero();
        assertThat(number(AttributeType.ACCT_INPUT_PACKETS)).isEqualTo(100);
        assertThat(number(AttributeType.ACCT_SESSION_TIME)).isEqualTo(3600);
        assertThat(number(AttributeType.ACCT_TERMINATE_CAUSE)).isEqualTo(5);
        assertThat(number(AttributeType.EVENT_TIMESTAMP)).isEqualTo(1_795_003_600L);
        assertThat(number(AttributeType.ACCT_DELAY_TIME)).isEqualTo(40);
    }

    /** A packet of more than 4,096 octets would never be delivered (RFC 2865 section 3). */
    @Test
    void classesThatDoNotFitAreLeftOut() {
        List<Octets> classes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            classes.add(Octets.zeros(199).plus(Octets.of(i)));
        }
        AccountedSession crowded = new AccountedSession(
                "b007-2",
                "b007-0",
                "home",
                "alice@example.org",
                Authentic.RADIUS,
                classes,
                Optional.empty(),
                List.of(),
                List.of(),
                new Endpoint(IpAddress.parse("2001:db8:77::2"), 4500),
                IpAddress.parse("2001:db8:2::1"),
                BEGAN);
        sink.deliver(
                "home",
                new AccountingRecord.Stop(
                        crowded, BEGAN.plusSeconds(60), new Usage(1, 2, 3, 4), TerminateCause.SESSION_TIMEOUT),
                Duration.ZERO);
        int octets = 20
                + sent.stream()
                        .mapToInt(attribute -> 2 + attribute.value().length())
                        .sum();
        assertThat(octets).isBetween(4096 - 202, 4096);
        assertThat(values(AttributeType.CLASS))
                .isNotEmpty()
                .isEqualTo(classes.subList(0, values(AttributeType.CLASS).size()));
        assertThat(values(AttributeType.ACCT_TERMINATE_CAUSE)).hasSize(1);
        assertThat(values(AttributeType.ACCT_DELAY_TIME)).hasSize(1);
    }

    /** RFC 2866 section 4.1 and RFC 3579 section 3.3: what has no place in accounting. */
    @Test
    void startHasNoCountersAndNothingOfAuthentication() {
        sink.deliver("home", new AccountingRecord.Start(SESSION, BEGAN), Duration.ZERO);
        assertThat(sent.stream().map(RadiusAttribute::type))
                .contains(AttributeType.ACCT_STATUS_TYPE, AttributeType.ACCT_SESSION_ID, AttributeType.EVENT_TIMESTAMP)
                .doesNotContain(
                        AttributeType.ACCT_INPUT_OCTETS,
                        AttributeType.ACCT_SESSION_TIME,
                        AttributeType.ACCT_TERMINATE_CAUSE,
                        AttributeType.STATE,
                        AttributeType.EAP_MESSAGE,
                        AttributeType.MESSAGE_AUTHENTICATOR,
                        AttributeType.REPLY_MESSAGE);
    }

    @Test
    void onNamesTheNasAndARunAndNoUser() throws Exception {
        sink.deliver("home", new AccountingRecord.On("b007", Optional.of("home"), BEGAN), Duration.ofSeconds(-1));
        assertThat(number(AttributeType.ACCT_STATUS_TYPE)).isEqualTo(7);
        assertThat(values(AttributeType.ACCT_SESSION_ID)).containsExactly(Octets.utf8("b007"));
        assertThat(values(AttributeType.NAS_IDENTIFIER)).hasSize(1);
        assertThat(values(AttributeType.USER_NAME)).isEmpty();
        assertThat(number(AttributeType.ACCT_DELAY_TIME)).isZero();
    }

    @Test
    void routeWithoutServersIsAFailureAndNoException() {
        assertThat(sink.deliver("elsewhere", new AccountingRecord.Start(SESSION, BEGAN), Duration.ZERO))
                .isCompletedWithValue(new Delivery.Failed("the route 'elsewhere' has no RADIUS servers"));
    }
}
