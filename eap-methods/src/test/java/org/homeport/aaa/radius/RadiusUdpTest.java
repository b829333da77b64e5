package org.homeport.aaa.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.homeport.aaa.radius.RadiusServerSettings.Probing;
import org.homeport.aaa.radius.RadiusServerSettings.Transport;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client over real UDP sockets, on loopback: what only they can show. */
class RadiusUdpTest {
    private static final Secret SECRET = Secret.utf8("testing123");
    private static final RandomSource RANDOM = RandomSource.of(new Random(23));

    private static final List<Duration> PATIENT = List.of(Duration.ofMinutes(1));

    private final DatagramSocket server = socket();
    private final RadiusClient client = open("aaa", server.getLocalPort(), Optional.empty(), PATIENT);

    private record Came(RadiusPacket packet, SocketAddress from) {
        Octets accept() {
            return RadiusAuthenticators.response(
                    RadiusCode.ACCESS_ACCEPT, packet.identifier(), packet.authenticator(), List.of(), SECRET);
        }
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    @Test
    void answerFromAnotherPortOrAddressDoesNotCount() throws Exception {
        CompletableFuture<RadiusOutcome> outcome = ask();
        Came came = receive();
        try (DatagramSocket otherPort = socket();
                DatagramSocket otherAddress =
                        new DatagramSocket(new InetSocketAddress("127.0.0.2", server.getLocalPort()))) {
            send(otherPort, came.accept(), came.from());
            send(otherAddress, came.accept(), came.from());
            // Had they counted, this would be an answer to nothing.
            send(server, came.accept(), came.from());
            assertThat(settled(outcome)).isInstanceOf(RadiusOutcome.Answer.class);
        }
        assertThat(client.servers()).singleElement().satisfies(view -> {
            assertThat(view.answered()).isEqualTo(1);
            assertThat(view.discarded()).isEmpty();
        });
    }

    @Test
    void thousandRequestsAreOutstandingAtOnce() throws Exception {
        List<CompletableFuture<RadiusOutcome>> outcomes = new ArrayList<>();
        List<Came> all = new ArrayList<>();
        Set<Octets> authenticators = new HashSet<>();
        Set<SocketAddress> ports = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            outcomes.add(ask());
            // Read as they come, so that no buffer runs over.
            Came came = receive();
            while (!authenticators.add(came.packet().authenticator())) {
                came = receive();
            }
            all.add(came);
            ports.add(came.from());
        }
        assertThat(client.servers())
                .singleElement()
                .satisfies(view -> assertThat(view.outstanding()).isEqualTo(1000));
        assertThat(ports).hasSize(4);
        for (int i = all.size() - 1; i >= 0; i--) {
            send(server, all.get(i).accept(), all.get(i).from());
            assertThat(settled(outcomes.get(i))).isInstanceOf(RadiusOutcome.Answer.class);
        }
    }

    @Test
    void answerOf4096OctetsAndPaddingIsTaken() throws Exception {
        CompletableFuture<RadiusOutcome> outcome = ask();
        Came came = receive();
        List<RadiusAttribute> many = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            many.add(new RadiusAttribute(AttributeType.CLASS, Octets.zeros(253)));
        }
        many.add(new RadiusAttribute(AttributeType.CLASS, Octets.zeros(4096 - 20 - 18 - 15 * 255 - 2)));
        Octets full = RadiusAuthenticators.response(
                RadiusCode.ACCESS_ACCEPT,
                came.packet().identifier(),
                came.packet().authenticator(),
                many,
                SECRET);
        send(server, full.plus(Octets.zeros(100)), came.from());
        assertThat(settled(outcome))
                .isInstanceOfSatisfying(
                        RadiusOutcome.Answer.class,
                        answer -> assertThat(answer.packet().all(AttributeType.CLASS))
                                .hasSize(16));
    }

    @Test
    void closedPortIsNamedAndServerMayComeBack() throws Exception {
        int port = server.getLocalPort();
        server.close();
        List<Duration> waits = List.of(Duration.ofMillis(400), Duration.ofMillis(400));
        try (RadiusClient impatient = open("aaa", port, Optional.empty(), waits)) {
            assertThat(settled(ask(impatient)))
                    .isInstanceOfSatisfying(
                            RadiusOutcome.NoAnswer.class,
                            none -> assertThat(none.reason()).endsWith("s (port unreachable)"));
            try (DatagramSocket back = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                back.setSoTimeout(50);
                RadiusOutcome outcome;
                do {
                    CompletableFuture<RadiusOutcome> trial = ask(impatient);
                    try {
                        Came came = receive(back);
                        send(back, came.accept(), came.from());
                    } catch (SocketTimeoutException stillDead) {
                        assertThat(settled(trial)).isInstanceOf(RadiusOutcome.NoAnswer.class);
                    }
                    outcome = settled(trial);
                } while (outcome instanceof RadiusOutcome.NoAnswer);
                assertThat(outcome).isInstanceOf(RadiusOutcome.Answer.class);
            }
        }
    }

    /** An ICMP message says what anybody may have made up: the waits are what they are, and then the next is asked. */
    @Test
    void closedPortIsFailedOverFromAtItsNormalPatience() throws Exception {
        DatagramSocket gone = socket();
        int port = gone.getLocalPort();
        gone.close();
        List<Duration> waits = List.of(Duration.ofMillis(300), Duration.ofMillis(300));
        List<RadiusServerSettings> both = List.of(
                settings("gone", port, Optional.empty(), waits),
                settings("there", server.getLocalPort(), Optional.empty(), PATIENT));
        try (RadiusClient failing = RadiusClient.open(both, RANDOM)) {
            long begun = System.nanoTime();
            CompletableFuture<RadiusOutcome> outcome = failing.exchange(
                            List.of("gone", "there"), RadiusRequest.access(List.of(), Optional.empty()))
                    .toCompletableFuture();
            Came came = receive();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(530));
            send(server, came.accept(), came.from());
            assertThat(settled(outcome))
                    .isInstanceOfSatisfying(
                            RadiusOutcome.Answer.class,
                            answer -> assertThat(answer.server()).isEqualTo("there"));
            assertThat(failing.servers().getFirst().sent()).isEqualTo(2);
        }
    }

    @Test
    void sourceThatIsNotOursIsNamed() throws Exception {
        try (RadiusClient elsewhere =
                open("far", server.getLocalPort(), Optional.of(IpAddress.parse("192.0.2.77")), PATIENT)) {
            RadiusOutcome outcome = elsewhere
                    .exchange(List.of("far"), RadiusRequest.access(List.of(), Optional.empty()))
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            RadiusOutcome.NoAnswer.class,
                            none -> assertThat(none.reason()).contains("far cannot connect to 127.0.0.1"));
        }
    }

    @Test
    void endOfTheClientIsToldToThoseThatWait() throws Exception {
        CompletableFuture<RadiusOutcome> outcome = ask();
        receive();
        client.close();
        assertThat(settled(outcome))
                .isInstanceOfSatisfying(
                        RadiusOutcome.NoAnswer.class,
                        none -> assertThat(none.reason()).contains("the client ends"));
        assertThat(settled(ask())).isInstanceOf(RadiusOutcome.NoAnswer.class);
    }

    private CompletableFuture<RadiusOutcome> ask() {
        return ask(client);
    }

    private static CompletableFuture<RadiusOutcome> ask(RadiusClient client) {
        return client.exchange(List.of("aaa"), RadiusRequest.access(List.of(), Optional.empty()))
                .toCompletableFuture();
    }

    private Came receive() throws IOException, WireException {
        return receive(server);
    }

    private static Came receive(DatagramSocket at) throws IOException, WireException {
        DatagramPacket datagram = new DatagramPacket(new byte[5000], 5000);
        at.receive(datagram);
        return new Came(
                RadiusCodec.decode(Octets.copyOf(datagram.getData(), 0, datagram.getLength())),
                datagram.getSocketAddress());
    }

    private static void send(DatagramSocket from, Octets octets, SocketAddress to) throws IOException {
        from.send(new DatagramPacket(octets.toByteArray(), octets.length(), to));
    }

    private static RadiusOutcome settled(CompletableFuture<RadiusOutcome> outcome) throws Exception {
        return outcome.get(20, TimeUnit.SECONDS);
    }

    private static DatagramSocket socket() {
        try {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setSoTimeout(20_000);
            return socket;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RadiusClient open(String name, int port, Optional<IpAddress> source, List<Duration> waits) {
        try {
            return RadiusClient.open(List.of(settings(name, port, source, waits)), Duration.ofMinutes(1), RANDOM);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RadiusServerSettings settings(
            String name, int port, Optional<IpAddress> source, List<Duration> waits) {
        Endpoint at = new Endpoint(IpAddress.parse("127.0.0.1"), port);
        return new RadiusServerSettings(
                name, at, at, new Transport.Udp(SECRET), source, waits, Duration.ofMillis(200), Probing.NONE);
    }
}
