package org.homeport.testbeds.radius;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusCodec;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/** Sits between RADIUS clients and a server that share one secret with each other and with it. */
final class LyingProxy implements Closeable {
    private static final int LONGEST = 65_507;

    private final DatagramSocket clients;
    private final InetSocketAddress upstream;
    private final Secret secret;
    private final RandomSource random;
    private volatile Lie lie;
    private final AtomicInteger left;
    private final Consumer<String> report;
    private final Map<SocketAddress, Relay> relays = new ConcurrentHashMap<>();

    /** @param times how often to lie before telling the truth; @param report of every lie told */
    LyingProxy(
            InetSocketAddress listen,
            InetSocketAddress upstream,
            Secret secret,
            Lie lie,
            int times,
            RandomSource random,
            Consumer<String> report)
            throws IOException {
        this.clients = new DatagramSocket(listen);
        this.upstream = upstream;
        this.secret = secret;
        this.lie = lie;
        this.left = new AtomicInteger(times);
        this.random = random;
        this.report = report;
    }

    int port() {
        return clients.getLocalPort();
    }

    /** From now on another one is told. */
    void change(Lie other) {
        lie = other;
    }

    /** Passes on and lies until it is closed. */
    void run() throws IOException {
        while (!clients.isClosed()) {
            DatagramPacket datagram;
            try {
                datagram = receive(clients);
            } catch (IOException e) {
                if (clients.isClosed()) {
                    return;
                }
                throw e;
            }
            relay(datagram.getSocketAddress()).ask(octets(datagram));
        }
    }

    @Override
    public void close() {
        clients.close();
        relays.values().forEach(relay -> relay.server.close());
    }

    private Relay relay(SocketAddress client) throws IOException {
        Relay known = relays.get(client);
        if (known != null) {
            return known;
        }
        DatagramSocket server = new DatagramSocket();
        server.connect(upstream);
        Relay relay = new Relay(client, server);
        relays.put(client, relay);
        Thread.ofVirtual().start(relay::listen);
        return relay;
    }

    /** One client's: identifiers are its own. */
    private final class Relay {
        private final SocketAddress client;
        private final DatagramSocket server;
        private final Map<Integer, RadiusPacket> requests = new ConcurrentHashMap<>();
        private Optional<Octets> before = Optional.empty();
        private Optional<Octets> firstState = Optional.empty();

        Relay(SocketAddress client, DatagramSocket server) {
            this.client = client;
            this.server = server;
        }

        void ask(Octets request) throws IOException {
            try {
                RadiusPacket packet = RadiusCodec.decode(request);
                requests.put(packet.identifier(), packet);
            } catch (WireException e) {
                report.accept("the client sends what is no packet: " + e.getMessage());
            }
            server.send(new DatagramPacket(request.toByteArray(), request.length()));
        }

        void listen() {
            try {
                while (!server.isClosed()) {
                    for (Octets datagram : answer(octets(receive(server)))) {
                        clients.send(new DatagramPacket(datagram.toByteArray(), datagram.length(), client));
                    }
                }
            } catch (IOException e) {
                if (!clients.isClosed()) {
                    report.accept("a client is lost: " + e.getMessage());
                    relays.remove(client, this);
                    server.close();
                }
            }
        }

        private List<Octets> answer(Octets datagram) {
            RadiusPacket answer;
            try {
                answer = RadiusCodec.decode(datagram);
            } catch (WireException e) {
                return List.of(datagram);
            }
            RadiusPacket request = requests.get(answer.identifier());
            if (request == null || request.code() != RadiusCode.ACCESS_REQUEST) {
                return List.of(datagram);
            }
            firstState = firstState.or(() -> answer.first(AttributeType.STATE).map(RadiusAttribute::value));
            List<Octets> told = tell(new Overheard(request, answer, datagram, before, firstState, secret, random));
            before = Optional.of(datagram);
            return told;
        }

        private List<Octets> tell(Overheard exchange) {
            List<Octets> truth = List.of(exchange.datagram());
            Lie now = lie;
            List<Octets> told = now.told(exchange);
            if (told.equals(truth) || left.getAndUpdate(times -> Math.max(0, times - 1)) == 0) {
                return truth;
            }
            report.accept("told " + now + " to " + client + " about "
                    + exchange.answer().code() + " " + exchange.request().identifier());
            return told;
        }
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[LONGEST], LONGEST);
        socket.receive(datagram);
        return datagram;
    }

    private static Octets octets(DatagramPacket datagram) {
        return Octets.copyOf(datagram.getData(), datagram.getOffset(), datagram.getOffset() + datagram.getLength());
    }
}
