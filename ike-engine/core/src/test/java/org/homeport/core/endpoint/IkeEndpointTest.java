package org.homeport.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.homeport.core.child.ProposalParser;
import org.homeport.core.crypto.JdkCrypto;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.IkeMessage;
import org.homeport.core.message.MessageDecoder;
import org.homeport.core.message.MessageEncoder;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Path;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IkeEndpointTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Path PATH = from("2001:db8::2");
    private static final long SPI = 0x1122334455667788L;
    private static final long OURS = 0x99aabbccddeeff00L;
    private static final int QUIET = 0;
    private static final int BUSY = 10;
    private static final int FULL = 100;

    private static final Payload SA = new Payload.SecurityAssociation(ProposalParser.ikeDefaults());
    private static final Payload KE = new Payload.KeyExchange(KeyExchangeId.CURVE25519, Octets.zeros(32));
    private static final Payload NONCE = new Payload.Nonce(Octets.zeros(32));

    private final IkeEndpoint endpoint = new IkeEndpoint(
            new EndpointPolicy(BUSY, FULL, 4_000, Duration.ofSeconds(60), 3),
            new JdkCrypto(),
            RandomSource.of(new Random(1)));

    @Test
    void aWellFormedFirstRequestOpensASession() {
        Routing routing = route(init(SA, KE, NONCE), QUIET);

        assertThat(routing)
                .isInstanceOfSatisfying(
                        Routing.NewSession.class,
                        s -> assertThat(s.initiatorSpi()).isEqualTo(SPI));
    }

    @Test
    void repetitionsAndRetriesShareTheirShardAndOthersDoNot() {
        Octets key = shardKey(route(init(SA, KE, NONCE), QUIET));
        Payload otherGroup = new Payload.KeyExchange(KeyExchangeId.ECP_256, Octets.zeros(64));
        Payload otherNonce = new Payload.Nonce(Octets.zeros(31));

        assertThat(shardKey(route(init(SA, KE, NONCE), QUIET))).isEqualTo(key);
        assertThat(shardKey(route(init(SA, otherGroup, NONCE), QUIET))).isEqualTo(key);
        assertThat(shardKey(route(init(SA, KE, otherNonce), QUIET))).isNotEqualTo(key);
        assertThat(shardKey(endpoint.route(from("2001:db8::3"), init(SA, KE, NONCE), QUIET, NOW)))
                .isNotEqualTo(key);
    }

    @Test
    void aBusyEndpointAsksForItsCookieBack() throws WireException {
        Octets request = init(SA, KE, NONCE);

        IkeMessage answer = answer(route(request, BUSY));

        assertThat(answer.header().spiInitiator()).isEqualTo(SPI);
        assertThat(answer.header().spiResponder()).isZero();
        assertThat(answer.header().flags()).isEqualTo(IkeHeader.RESPONSE);
        assertThat(answer.header().messageId()).isZero();
        assertThat(answer.payloads()).hasSize(1);
        Payload cookie = answer.payloads().getFirst();
        assertThat(((Payload.Notify) cookie).notifyType()).isEqualTo(NotifyType.COOKIE);
        assertThat(answer.header().length()).isLessThan(request.length());

        assertThat(route(init(cookie, SA, KE, NONCE), BUSY)).isInstanceOf(Routing.NewSession.class);
    }

    @Test
    void cookiesOfOthersAndCookiesInOtherPlacesCountAsNone() throws WireException {
        Payload cookie = answer(route(init(SA, KE, NONCE), BUSY)).payloads().getFirst();
        Payload forged = Payload.Notify.of(NotifyType.COOKIE, Octets.zeros(33));

        for (Octets request : List.of(
                init(forged, SA, KE, NONCE),
                init(SA, KE, NONCE, cookie),
                init(cookie, SA, KE, new Payload.Nonce(Octets.zeros(16))))) {
            assertThat(answer(route(request, BUSY)).payloads().getFirst())
                    .isInstanceOfSatisfying(
                            Payload.Notify.class,
                            n -> assertThat(n.notifyType()).isEqualTo(NotifyType.COOKIE));
        }
        assertThat(endpoint.route(from("2001:db8::3"), init(cookie, SA, KE, NONCE), BUSY, NOW))
                .isInstanceOf(Routing.Answer.class);
    }

    @Test
    void aCookieSurvivesAnotherGroup() throws WireException {
        Payload cookie = answer(route(init(SA, KE, NONCE), BUSY)).payloads().getFirst();
        Payload otherGroup = new Payload.KeyExchange(KeyExchangeId.ECP_256, Octets.zeros(64));

        assertThat(route(init(cookie, SA, otherGroup, NONCE), BUSY)).isInstanceOf(Routing.NewSession.class);
    }

    @Test
    void aThresholdOfZeroAlwaysAsks() {
        IkeEndpoint strict = new IkeEndpoint(
                new EndpointPolicy(0, FULL, 4_000, Duration.ofSeconds(60), 3),
                new JdkCrypto(),
                RandomSource.of(new Random(1)));

        assertThat(strict.route(PATH, init(SA, KE, NONCE), 0, NOW)).isInstanceOf(Routing.Answer.class);
    }

    @Test
    void aFullEndpointIsSilent() {
        assertThat(route(init(SA, KE, NONCE), FULL)).isEqualTo(new Routing.Drop("half-open limit"));
    }

    @Test
    void requestsAndResponsesFindTheSessionByOurSpi() {
        // We are the responder: the peer has the I flag. We are the initiator: it has not.
        assertThat(route(message(SPI, OURS, ExchangeType.IKE_AUTH, IkeHeader.INITIATOR, 1), QUIET))
                .isEqualTo(new Routing.ToSession(OURS));
        assertThat(route(
                        message(SPI, OURS, ExchangeType.INFORMATIONAL, IkeHeader.INITIATOR | IkeHeader.RESPONSE, 0),
                        QUIET))
                .isEqualTo(new Routing.ToSession(OURS));
        assertThat(route(message(OURS, SPI, ExchangeType.IKE_AUTH, IkeHeader.RESPONSE, 1), QUIET))
                .isEqualTo(new Routing.ToSession(OURS));
        assertThat(route(message(OURS, SPI, ExchangeType.INFORMATIONAL, 0, 0), QUIET))
                .isEqualTo(new Routing.ToSession(OURS));
    }

    @Test
    void responsesToOurFirstRequestComeWithTheirSpiOrWithout() {
        assertThat(route(message(OURS, 0, ExchangeType.IKE_SA_INIT, IkeHeader.RESPONSE, 0), QUIET))
                .isEqualTo(new Routing.ToSession(OURS));
        assertThat(route(message(OURS, SPI, ExchangeType.IKE_SA_INIT, IkeHeader.RESPONSE, 0), QUIET))
                .isEqualTo(new Routing.ToSession(OURS));
    }

    @Test
    void whatOpensNoSessionIsDropped() {
        List<Octets> strays = List.of(
                message(SPI, 0, ExchangeType.IKE_AUTH, IkeHeader.INITIATOR, 1),
                message(SPI, 0, ExchangeType.INFORMATIONAL, IkeHeader.INITIATOR, 0),
                message(SPI, 0, ExchangeType.IKE_SA_INIT, 0, 0, SA, KE, NONCE),
                message(SPI, 0, ExchangeType.IKE_SA_INIT, IkeHeader.INITIATOR, 1, SA, KE, NONCE),
                message(0, 0, ExchangeType.IKE_SA_INIT, IkeHeader.INITIATOR, 0, SA, KE, NONCE),
                message(SPI, 0, ExchangeType.IKE_SA_INIT, IkeHeader.INITIATOR | IkeHeader.RESPONSE, 0),
                init(SA, KE),
                init(SA, NONCE),
                init(KE, NONCE),
                init(SA, SA, KE, NONCE),
                init(SA, KE, NONCE, new Payload.Eap(Octets.EMPTY)),
                init(SA, new Payload.KeyExchange(KeyExchangeId.CURVE25519, Octets.EMPTY), NONCE),
                init(new Payload.SecurityAssociation(List.of()), KE, NONCE),
                init(SA, KE, new Payload.Nonce(Octets.zeros(15))),
                init(SA, KE, NONCE, new Payload.Encrypted(PayloadType.NONE, Octets.zeros(40))));
        for (Octets stray : strays) {
            assertThat(route(stray, QUIET)).as("%s", stray).isInstanceOf(Routing.Drop.class);
        }
    }

    @Test
    void shortLongAndWronglyMeasuredDatagramsAreDropped() {
        Octets request = init(SA, KE, NONCE);
        for (int length = 0; length < request.length(); length++) {
            assertThat(route(request.slice(0, length), QUIET)).isInstanceOf(Routing.Drop.class);
        }
        assertThat(route(request.plus(Octets.of(0)), QUIET)).isInstanceOf(Routing.Drop.class);
        assertThat(route(init(SA, KE, NONCE, new Payload.VendorId(Octets.zeros(4_000))), QUIET))
                .isEqualTo(new Routing.Drop("too long"));
        assertThat(route(Octets.of(0xff), QUIET)).isInstanceOf(Routing.Drop.class);
    }

    @Test
    void randomDatagramsOpenNothing() {
        Random random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertThat(route(Octets.wrap(bytes), QUIET)).isNotInstanceOf(Routing.NewSession.class);
        }
    }

    @Test
    void anUnknownCriticalPayloadIsNamed() throws WireException {
        Payload unknown = new Payload.Unknown(new PayloadType(200), true, Octets.EMPTY);

        assertThat(answer(route(init(SA, KE, NONCE, unknown), QUIET)).payloads())
                .containsExactly(Payload.Notify.of(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD, Octets.of(200)));
        assertThat(route(init(SA, KE, NONCE, new Payload.Unknown(new PayloadType(200), false, Octets.EMPTY)), QUIET))
                .isInstanceOf(Routing.NewSession.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x30, 0x41, 0xf0})
    void aHigherMajorVersionIsToldOurs(int version) throws WireException {
        Octets request = withVersion(message(SPI, OURS, ExchangeType.IKE_AUTH, IkeHeader.INITIATOR, 7), version);

        IkeMessage answer = answer(route(request, QUIET));

        assertThat(answer.header().version()).isEqualTo(IkeHeader.VERSION_2_0);
        assertThat(answer.header().spiInitiator()).isEqualTo(SPI);
        assertThat(answer.header().spiResponder()).isEqualTo(OURS);
        assertThat(answer.header().exchange()).isEqualTo(ExchangeType.IKE_AUTH);
        assertThat(answer.header().messageId()).isEqualTo(7);
        assertThat(answer.header().flags()).isEqualTo(IkeHeader.RESPONSE);
        assertThat(answer.payloads()).containsExactly(Payload.Notify.of(NotifyType.INVALID_MAJOR_VERSION));
    }

    @Test
    void responsesOfHigherVersionsAndIkev1AreMetWithSilence() {
        Octets response = message(SPI, OURS, ExchangeType.IKE_AUTH, IkeHeader.RESPONSE, 7);

        assertThat(route(withVersion(response, 0x30), QUIET)).isInstanceOf(Routing.Drop.class);
        assertThat(route(withVersion(init(SA, KE, NONCE), 0x10), QUIET)).isEqualTo(new Routing.Drop("IKEv1"));
    }

    @Test
    void minorVersionsDoNotMatter() {
        assertThat(route(withVersion(init(SA, KE, NONCE), 0x2f), QUIET)).isInstanceOf(Routing.NewSession.class);
    }

    @Test
    void unprotectedAnswersAreLimited() {
        Octets newer = withVersion(init(SA, KE, NONCE), 0x30);
        List<Routing> routings = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            routings.add(route(newer, QUIET));
        }

        assertThat(routings).filteredOn(r -> r instanceof Routing.Answer).hasSize(3);
        assertThat(endpoint.route(PATH, newer, QUIET, NOW.plusSeconds(1))).isInstanceOf(Routing.Answer.class);
    }

    @Test
    void unknownSpisAreToldToRequestersOnly() throws WireException {
        IkeHeader request = header(message(SPI, OURS, ExchangeType.INFORMATIONAL, 0, 9));

        IkeMessage answer =
                MessageDecoder.decode(IkeEndpoint.unknownSpiAnswer(request).orElseThrow());

        assertThat(answer.header().spiInitiator()).isEqualTo(SPI);
        assertThat(answer.header().spiResponder()).isEqualTo(OURS);
        assertThat(answer.header().messageId()).isEqualTo(9);
        assertThat(answer.header().flags()).isEqualTo(IkeHeader.RESPONSE | IkeHeader.INITIATOR);
        assertThat(answer.payloads()).containsExactly(Payload.Notify.of(NotifyType.INVALID_IKE_SPI));

        assertThat(IkeEndpoint.unknownSpiAnswer(
                        header(message(SPI, OURS, ExchangeType.INFORMATIONAL, IkeHeader.RESPONSE, 9))))
                .isEmpty();
        assertThat(IkeEndpoint.unknownSpiAnswer(
                        header(message(SPI, OURS, ExchangeType.IKE_SA_INIT, IkeHeader.INITIATOR, 0))))
                .isEmpty();
    }

    private Routing route(Octets datagram, int halfOpen) {
        return endpoint.route(PATH, datagram, halfOpen, NOW);
    }

    private static Path from(String peer) {
        return new Path(
                new Endpoint(IpAddress.parse("2001:db8::1"), 500),
                new Endpoint(IpAddress.parse(peer), 500),
                Framing.PLAIN);
    }

    private static IkeMessage answer(Routing routing) throws WireException {
        return MessageDecoder.decode(((Routing.Answer) routing).message());
    }

    private static Octets shardKey(Routing routing) {
        return ((Routing.NewSession) routing).shardKey();
    }

    private static Octets init(Payload... payloads) {
        return message(SPI, 0, ExchangeType.IKE_SA_INIT, IkeHeader.INITIATOR, 0, payloads);
    }

    private static Octets message(
            long spiInitiator, long spiResponder, ExchangeType exchange, int flags, long id, Payload... payloads) {
        return MessageEncoder.encode(IkeHeader.of(spiInitiator, spiResponder, exchange, flags, id), List.of(payloads));
    }

    private static IkeHeader header(Octets datagram) throws WireException {
        return MessageDecoder.header(datagram);
    }

    private static Octets withVersion(Octets datagram, int version) {
        byte[] bytes = datagram.toByteArray();
        bytes[17] = (byte) version;
        return Octets.wrap(bytes);
    }
}
