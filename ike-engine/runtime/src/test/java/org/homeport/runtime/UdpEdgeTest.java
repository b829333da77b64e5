package org.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Path;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.runtime.Edge.Delivery;
import org.homeport.runtime.EngineCounters.Count;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets on the loopback interface. */
@Timeout(10)
final class UdpEdgeTest {
    private static final Octets MESSAGE = Octets.utf8("one IKE message");
    private static final Octets MARKER = Octets.zeros(4);

    private record In(Path path, Octets message) {}

    private final EngineCounters counters = new EngineCounters();
    private final BlockingQueue<In> received = new LinkedBlockingQueue<>();
    private final List<String> preparedSockets = new ArrayList<>();
    private final UdpEdge edge = new UdpEdge(
            (channel, local, framing) -> {
                assertThat(channel.getLocalAddress()).isEqualTo(local.toSocketAddress());
                assertThat(channel.getOption(StandardSocketOptions.SO_RCVBUF)).isPositive();
                preparedSockets.add(local + " " + framing);
            },
            counters);

    @AfterEach
    void close() {
        edge.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void messagesComeInAndGoOutBareOnOnePortAndMarkedOnTheOther(String address) throws Exception {
        Listening listening = listen(address);
        try (Peer peer = new Peer(address)) {
            peer.send(listening.endpoint(Framing.PLAIN), MESSAGE);
            In plain = next();
            assertThat(plain).isEqualTo(new In(listening.pathTo(peer.endpoint(), Framing.PLAIN), MESSAGE));
            assertThat(edge.send(plain.path(), MESSAGE)).isEqualTo(Delivery.SENT);
            peer.expect(listening.endpoint(Framing.PLAIN), MESSAGE);

            peer.send(listening.endpoint(Framing.NON_ESP_MARKER), MARKER.plus(MESSAGE));
            In marked = next();
            assertThat(marked).isEqualTo(new In(listening.pathTo(peer.endpoint(), Framing.NON_ESP_MARKER), MESSAGE));
            assertThat(edge.send(marked.path(), MESSAGE)).isEqualTo(Delivery.SENT);
            peer.expect(listening.endpoint(Framing.NON_ESP_MARKER), MARKER.plus(MESSAGE));
        }
        assertThat(counters.get(Count.DATAGRAMS_IN)).isEqualTo(2);
        await().untilAsserted(
                        () -> assertThat(counters.get(Count.DATAGRAMS_OUT)).isEqualTo(2));
        assertThat(preparedSockets)
                .containsExactly(
                        listening.endpoint(Framing.PLAIN) + " PLAIN",
                        listening.endpoint(Framing.NON_ESP_MARKER) + " NON_ESP_MARKER");
    }

    @Test
    void keepalivesAndEspOnTheMarkerPortAreCountedAndGoNoFurther() throws Exception {
        Listening listening = listen("127.0.0.1");
        Endpoint marked = listening.endpoint(Framing.NON_ESP_MARKER);
        try (Peer peer = new Peer("127.0.0.1")) {
            peer.send(marked, Octets.of(0xff));
            peer.send(marked, Octets.of(0, 0, 0));
            peer.send(marked, Octets.of(0xfe));
            peer.send(marked, Octets.EMPTY);
            peer.send(marked, Octets.of(0, 0, 0, 1).plus(MESSAGE));
            peer.send(marked, MARKER.plus(MESSAGE));
            assertThat(next().message()).isEqualTo(MESSAGE);
            assertThat(received).isEmpty();
        }
        assertThat(counters.get(Count.KEEPALIVES_IN)).isOne();
        assertThat(counters.get(Count.STRAY_ESP)).isOne();
        assertThat(counters.drops()).containsEntry("too-short", 3L);
    }

    @Test
    void keepaliveGoesOutAsOneOctetWithoutMarker() throws Exception {
        Listening listening = listen("127.0.0.1");
        try (Peer peer = new Peer("127.0.0.1")) {
            edge.sendKeepalive(listening.pathTo(peer.endpoint(), Framing.NON_ESP_MARKER));
            peer.expect(listening.endpoint(Framing.NON_ESP_MARKER), Octets.of(0xff));
        }
    }

    @Test
    void eachAddressAnswersFromItself() throws Exception {
        Listening one = listen("127.0.0.1");
        Listening two = edge.listen(IpAddress.parse("127.0.0.2"), one.plainPort(), one.markerPort(), this::receive)
                .getFirst();
        try (Peer peer = new Peer("127.0.0.1")) {
            for (Listening asked : List.of(two, one)) {
                peer.send(asked.endpoint(Framing.PLAIN), MESSAGE);
                In in = next();
                assertThat(in.path().local()).isEqualTo(asked.endpoint(Framing.PLAIN));
                edge.send(in.path(), MESSAGE);
                peer.expect(asked.endpoint(Framing.PLAIN), MESSAGE);
            }
        }
    }

    @Test
    void unspecifiedAddressStandsForEveryAddressOfTheHost() throws Exception {
        List<Listening> all = edge.listen(IpAddress.parse("0.0.0.0"), 0, 0, this::receive);
        assertThat(all).extracting(l -> l.address().toString()).contains("127.0.0.1");
        assertThat(all).noneMatch(l -> l.address().isUnspecified());
    }

    @Test
    void longestDatagramComesInWhole() throws Exception {
        Listening listening = listen("127.0.0.1");
        Octets longest = Octets.copyOf(new byte[65_507]);
        try (Peer peer = new Peer("127.0.0.1")) {
            peer.send(listening.endpoint(Framing.PLAIN), longest);
            assertThat(next().message()).isEqualTo(longest);
        }
    }

    @Test
    void nothingIsSentFromWhereNobodyListens() throws Exception {
        Listening listening = listen("127.0.0.1");
        Path path = listening.pathTo(new Endpoint(IpAddress.parse("127.0.0.1"), 9), Framing.PLAIN);
        Path otherFraming = new Path(path.local(), path.remote(), Framing.NON_ESP_MARKER);
        assertThat(edge.send(otherFraming, MESSAGE)).isEqualTo(Delivery.NO_CHANNEL);
        edge.stop(listening);
        assertThat(edge.send(path, MESSAGE)).isEqualTo(Delivery.NO_CHANNEL);
        assertThat(edge.sendKeepalive(path)).isEqualTo(Delivery.NO_CHANNEL);
    }

    @Test
    void messageThatCannotBeSentIsCounted() throws Exception {
        Listening listening = listen("127.0.0.1");
        Path path = listening.pathTo(new Endpoint(IpAddress.parse("127.0.0.1"), 9), Framing.PLAIN);
        edge.send(path, Octets.zeros(65_535));
        await().untilAsserted(() -> assertThat(counters.get(Count.SEND_FAILED)).isOne());
    }

    @Test
    void portThatIsTakenIsNamedAndNothingStaysOpen() throws Exception {
        try (Peer taken = new Peer("127.0.0.1");
                Peer freed = new Peer("127.0.0.1")) {
            int free = freed.endpoint().port();
            freed.close();
            assertThatThrownBy(() -> edge.listen(
                            IpAddress.parse("127.0.0.1"), free, taken.endpoint().port(), this::receive))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on UDP " + taken.endpoint());
            await().untilAsserted(() -> new DatagramSocket(new InetSocketAddress("127.0.0.1", free)).close());
        }
    }

    @RepeatedTest(10)
    void whatWasOrderedBeforeClosingIsSent() throws Exception {
        Listening listening = listen("127.0.0.1");
        try (Peer peer = new Peer("127.0.0.1")) {
            assertThat(edge.send(listening.pathTo(peer.endpoint(), Framing.PLAIN), MESSAGE))
                    .isEqualTo(Delivery.SENT);
            edge.close();
            peer.expect(listening.endpoint(Framing.PLAIN), MESSAGE);
        }
    }

    private Listening listen(String address) throws IOException {
        return edge.listen(IpAddress.parse(address), 0, 0, this::receive).getFirst();
    }

    private void receive(Path path, Octets message) {
        received.add(new In(path, message));
    }

    private In next() throws InterruptedException {
        In in = received.poll(5, TimeUnit.SECONDS);
        assertThat(in).as("a message within 5 s").isNotNull();
        return in;
    }

    private static final class Peer implements AutoCloseable {
        private final DatagramSocket socket;

        Peer(String address) throws IOException {
            socket = new DatagramSocket(new InetSocketAddress(address, 0));
            socket.setSoTimeout(5_000);
        }

        Endpoint endpoint() {
            return Endpoint.of((InetSocketAddress) socket.getLocalSocketAddress());
        }

        void send(Endpoint to, Octets datagram) throws IOException {
            socket.send(new DatagramPacket(datagram.toByteArray(), datagram.length(), to.toSocketAddress()));
        }

        void expect(Endpoint from, Octets datagram) throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(packet);
            assertThat(Octets.copyOf(packet.getData(), 0, packet.getLength())).isEqualTo(datagram);
            assertThat(Endpoint.of((InetSocketAddress) packet.getSocketAddress()))
                    .isEqualTo(from);
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
