package org.homeport.aaa.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.GeneralName;
import org.homeport.aaa.radius.RadiusServerSettings.Probing;
import org.homeport.aaa.radius.RadiusServerSettings.Transport;
import org.homeport.eap.tls.TestCa;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RADIUS over real TLS (RFC 6614), on loopback. */
class RadSecTest {
    private static final TestCa CA = TestCa.root("AAA CA", TestCa.Kind.P256);
    private static final TestCa OTHER_CA = TestCa.root("another CA", TestCa.Kind.P256);
    private static final TestCa.Issued SERVER = CA.issue(today(TestCa.server("aaa.example.org")));
    private static final TestCa.Issued CLIENT = CA.issue(today(TestCa.client("ha@example.org")));
    private static final List<String> BOTH = List.of("TLSv1.3", "TLSv1.2");

    private final RandomSource random = RandomSource.of(new SecureRandom());

    private static TestCa.Wish today(TestCa.Wish wish) {
        Instant now = Instant.now();
        return wish.valid(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void requestsAreAnsweredOverOneConnectionByBothSidesCertificates(String protocol) throws Exception {
        try (SmallRadSecServer server = honest(SERVER, List.of(protocol));
                RadiusClient client = client(server, "aaa.example.org", CLIENT, CA)) {
            List<CompletableFuture<RadiusOutcome>> asked = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                asked.add(ask(client));
            }
            for (CompletableFuture<RadiusOutcome> one : asked) {
                assertThat(settled(one)).isInstanceOf(RadiusOutcome.Answer.class);
            }
            SSLSocket connection = server.connections().poll(5, TimeUnit.SECONDS);
            assertThat(connection).isNotNull();
            assertThat(connection.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(connection.getSession().getPeerCertificates()[0])
                    .isEqualTo(CLIENT.chain().getFirst());
            assertThat(server.connections()).isEmpty();
        }
    }

    @Test
    void serverMayBeNamedByItsAddress() throws Exception {
        TestCa.Issued byAddress = CA.issue(today(TestCa.server("x.example").named(GeneralName.iPAddress, "127.0.0.1")));
        try (SmallRadSecServer server = honest(byAddress, BOTH);
                RadiusClient client = client(server, "127.0.0.1", CLIENT, CA)) {
            assertThat(settled(ask(client))).isInstanceOf(RadiusOutcome.Answer.class);
        }
    }

    @Test
    void serverOfAnotherNameIsNotTalkedTo() throws Exception {
        try (SmallRadSecServer server = honest(SERVER, BOTH);
                RadiusClient client = client(server, "other.example.org", CLIENT, CA)) {
            assertThat(reason(settled(ask(client)))).contains("TLS").contains("other.example.org");
            assertThat(client.servers())
                    .singleElement()
                    .satisfies(view -> assertThat(view.trouble().orElseThrow()).contains("other.example.org"));
        }
    }

    @Test
    void serverOfAnotherAuthorityIsNotTalkedTo() throws Exception {
        try (SmallRadSecServer server = honest(OTHER_CA.issue(today(TestCa.server("aaa.example.org"))), BOTH);
                RadiusClient client = client(server, "aaa.example.org", CLIENT, CA)) {
            assertThat(reason(settled(ask(client)))).contains("TLS").contains("certification path");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void serverThatDoesNotTrustUsIsTold(String protocol) throws Exception {
        TestCa.Issued stranger = OTHER_CA.issue(today(TestCa.client("ha@example.org")));
        try (SmallRadSecServer server = honest(SERVER, List.of(protocol));
                RadiusClient client = client(server, "aaa.example.org", stranger, CA)) {
            assertThat(reason(settled(ask(client)))).startsWith("aaa ");
            assertThat(client.servers())
                    .singleElement()
                    .satisfies(view -> assertThat(view.standing()).isNotEqualTo(RadiusServerView.Standing.ALIVE));
        }
    }

    @Test
    void nobodyThereIsToldAtOnce() throws Exception {
        SmallRadSecServer gone = honest(SERVER, BOTH);
        gone.close();
        try (RadiusClient client = client(gone, "aaa.example.org", CLIENT, CA)) {
            assertThat(reason(settled(ask(client))))
                    .contains("cannot connect to " + gone.endpoint())
                    .contains("refused");
        }
    }

    @Test
    void packetsMayComeInPiecesAndTogether() throws Exception {
        List<RadiusPacket> kept = new ArrayList<>();
        SmallRadSecServer.Answering late = (request, to) -> {
            kept.add(request);
            if (kept.size() == 3) {
                Octets all = Octets.concat(
                        kept.stream().map(SmallRadSecServer::accept).toArray(Octets[]::new));
                for (int at = 0; at < all.length(); at += 7) {
                    to.write(all.slice(at, Math.min(at + 7, all.length())).toByteArray());
                    to.flush();
                }
            }
        };
        try (SmallRadSecServer server = new SmallRadSecServer(SERVER, CA.root(), BOTH, late);
                RadiusClient client = client(server, "aaa.example.org", CLIENT, CA)) {
            List<CompletableFuture<RadiusOutcome>> asked = List.of(ask(client), ask(client), ask(client));
            for (CompletableFuture<RadiusOutcome> one : asked) {
                assertThat(settled(one)).isInstanceOf(RadiusOutcome.Answer.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"02000013", "02001001", "02000016000102030405060708090a0b0c0d0e0f0600"})
    void streamThatIsOutOfStepIsBegunAnew(String garbage) throws Exception {
        List<RadiusPacket> requests = new ArrayList<>();
        SmallRadSecServer.Answering secondIsGarbage = (request, to) -> {
            requests.add(request);
            byte[] header = Octets.fromHex(garbage).toByteArray();
            if (requests.size() == 2 && header.length > 4) {
                header[1] = (byte) request.identifier();
            }
            to.write(
                    requests.size() == 2
                            ? header
                            : SmallRadSecServer.accept(request).toByteArray());
            to.flush();
        };
        try (SmallRadSecServer server = new SmallRadSecServer(SERVER, CA.root(), BOTH, secondIsGarbage);
                RadiusClient client = client(server, "aaa.example.org", CLIENT, CA)) {
            assertThat(settled(ask(client))).isInstanceOf(RadiusOutcome.Answer.class);
            assertThat(settled(ask(client))).isInstanceOf(RadiusOutcome.Answer.class);
            assertThat(requests).hasSize(3);
            assertThat(server.connections()).hasSize(2);
        }
    }

    @Test
    void connectionThatTheServerClosedIsMadeAgain() throws Exception {
        try (SmallRadSecServer server = honest(SERVER, BOTH);
                RadiusClient client = client(server, "aaa.example.org", CLIENT, CA)) {
            assertThat(settled(ask(client))).isInstanceOf(RadiusOutcome.Answer.class);
            server.connections().poll(5, TimeUnit.SECONDS).close();
            assertThat(settled(ask(client))).isInstanceOf(RadiusOutcome.Answer.class);
        }
    }

    @Test
    void requestThatTheServerClosedOnIsAskedAgainOnAnotherConnection() throws Exception {
        List<RadiusPacket> requests = new ArrayList<>();
        SmallRadSecServer.Answering closesOnTheSecond = (request, to) -> {
            requests.add(request);
            if (requests.size() == 2) {
                to.close();
            } else {
                to.write(SmallRadSecServer.accept(request).toByteArray());
                to.flush();
            }
        };
        try (SmallRadSecServer server = new SmallRadSecServer(SERVER, CA.root(), BOTH, closesOnTheSecond);
                RadiusClient client = client(server, "aaa.example.org", CLIENT, CA)) {
            assertThat(settled(ask(client))).isInstanceOf(RadiusOutcome.Answer.class);
            assertThat(settled(ask(client))).isInstanceOf(RadiusOutcome.Answer.class);
            assertThat(requests).hasSize(3);
            assertThat(server.connections()).hasSize(2);
        }
    }

    private static SmallRadSecServer honest(TestCa.Issued own, List<String> protocols) {
        return new SmallRadSecServer(own, CA.root(), protocols, (request, to) -> {
            to.write(SmallRadSecServer.accept(request).toByteArray());
            to.flush();
        });
    }

    private RadiusClient client(SmallRadSecServer server, String name, TestCa.Issued own, TestCa anchors)
            throws IOException {
        return RadiusClient.open(
                List.of(new RadiusServerSettings(
                        "aaa",
                        server.endpoint(),
                        server.endpoint(),
                        new Transport.Tls(name, own.chain(), own.key(), List.of(anchors.root())),
                        Optional.empty(),
                        List.of(Duration.ofSeconds(5), Duration.ofSeconds(5)),
                        Duration.ofSeconds(30),
                        Probing.STATUS_SERVER)),
                random);
    }

    private static CompletableFuture<RadiusOutcome> ask(RadiusClient client) {
        return client.exchange(List.of("aaa"), RadiusRequest.access(List.of(), Optional.empty()))
                .toCompletableFuture();
    }

    private static RadiusOutcome settled(CompletableFuture<RadiusOutcome> outcome) throws Exception {
        return outcome.get(20, TimeUnit.SECONDS);
    }

    private static String reason(RadiusOutcome outcome) {
        return ((RadiusOutcome.NoAnswer) outcome).reason();
    }
}
