package org.homeport.aaa.radius;

import java.security.InvalidKeyException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.homeport.aaa.radius.RadiusServerSettings.Probing;
import org.homeport.aaa.radius.RadiusServerSettings.Transport;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/** Servers that a test answers for, in time that passes when the test says so. */
final class VirtualServers implements Link.Dialer, Ticker {
    static final Secret SECRET = Secret.utf8("s3cret");
    /** A limit that is in nobody's way. */
    static final Duration UNHURRIED = Duration.ofMinutes(1);

    private final Random seeded = new Random(7);
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final List<Wire> wires = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private long now = 1_000;
    private long order;

    private record Due(long at, long order, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    enum Signed {
        FIRST,
        LAST,
        NOT
    }

    /** A request that a server got. */
    record Asked(String server, int link, RadiusRequest.Kind kind, Octets octets, RadiusPacket packet, Wire wire) {
        void accept() {
            send(genuine(RadiusCode.ACCESS_ACCEPT));
        }

        void answerAs(Secret secret) {
            send(answer(RadiusCode.ACCESS_ACCEPT, secret, List.of(), Signed.FIRST));
        }

        Octets genuine(RadiusCode code) {
            return answer(code, SECRET, List.of(), Signed.FIRST);
        }

        Octets answer(RadiusCode code, Secret secret, List<RadiusAttribute> attributes, Signed signed) {
            return switch (signed) {
                case FIRST ->
                    RadiusAuthenticators.response(
                            code, packet.identifier(), packet.authenticator(), attributes, secret);
                case LAST -> {
                    List<RadiusAttribute> all = new ArrayList<>(attributes);
                    all.add(new RadiusAttribute(AttributeType.MESSAGE_AUTHENTICATOR, Octets.zeros(16)));
                    Octets unsigned = RadiusCodec.encode(
                            new RadiusPacket(code, packet.identifier(), packet.authenticator(), all));
                    all.set(
                            all.size() - 1,
                            new RadiusAttribute(AttributeType.MESSAGE_AUTHENTICATOR, jca("HmacMD5", secret, unsigned)));
                    yield hashed(code, all, secret);
                }
                case NOT -> hashed(code, attributes, secret);
            };
        }

        /** By the JDK's hashes, so that the client's own are checked. */
        private Octets hashed(RadiusCode code, List<RadiusAttribute> attributes, Secret secret) {
            RadiusPacket plain = new RadiusPacket(code, packet.identifier(), packet.authenticator(), attributes);
            Octets digest = md5(RadiusCodec.encode(plain).plus(secret.expose()));
            return RadiusCodec.encode(new RadiusPacket(code, packet.identifier(), digest, attributes));
        }

        void send(Octets answer) {
            wire.receiver.received(answer);
        }
    }

    private final class Wire implements Link {
        private final String server;
        private final RadiusRequest.Kind kind;
        private final int number;
        private final Receiver receiver;
        private boolean closed;

        Wire(String server, RadiusRequest.Kind kind, int number, Receiver receiver) {
            this.server = server;
            this.kind = kind;
            this.number = number;
            this.receiver = receiver;
        }

        @Override
        public void send(Octets packet) {
            try {
                asked.add(new Asked(server, number, kind, packet, RadiusCodec.decode(packet), this));
            } catch (WireException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static Octets md5(Octets input) {
        try {
            return Octets.wrap(MessageDigest.getInstance("MD5").digest(input.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Octets jca(String algorithm, Secret key, Octets input) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.toByteArray(), algorithm));
            return Octets.wrap(mac.doFinal(input.toByteArray()));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    RadiusServerSettings udp(String name, Probing probing) {
        Endpoint at = new Endpoint(IpAddress.parse("192.0.2.1"), 1812);
        return new RadiusServerSettings(
                name,
                at,
                at.withPort(1813),
                new Transport.Udp(SECRET),
                Optional.empty(),
                List.of(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8)),
                Duration.ofSeconds(30),
                probing);
    }

    RadiusServerSettings tls(String name, Probing probing) {
        RadiusServerSettings udp = udp(name, probing);
        return new RadiusServerSettings(
                name,
                udp.authentication(),
                udp.accounting(),
                new Transport.Tls("aaa.example.org", List.of(), noKey(), List.of()),
                udp.source(),
                udp.waits(),
                udp.deadTime(),
                probing);
    }

    /** Of servers in this world. @param limit of an Access-Request */
    ServerPools pools(Duration limit, RadiusServerSettings... servers) {
        return new ServerPools(List.of(servers), this, this, random(), limit);
    }

    RandomSource random() {
        return seeded::nextBytes;
    }

    PrivateKey noKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    List<Asked> asked(String server) {
        return asked.stream().filter(a -> a.server().equals(server)).toList();
    }

    /** Retransmissions left out. */
    List<Octets> requests(String server) {
        return asked(server).stream().map(Asked::octets).distinct().toList();
    }

    long links(String server) {
        return wires.stream().filter(w -> w.server.equals(server)).count();
    }

    void breakLink(String server, String why) {
        wires.stream()
                .filter(w -> w.server.equals(server) && !w.closed)
                .toList()
                .forEach(w -> w.receiver.broken(why));
    }

    void refuseLink(String server, String why) {
        wires.stream()
                .filter(w -> w.server.equals(server) && !w.closed)
                .toList()
                .forEach(w -> w.receiver.refused(why));
    }

    void trouble(String server, String what) {
        wires.stream().filter(w -> w.server.equals(server)).forEach(w -> w.receiver.troubled(what));
    }

    /** Links that are not closed. */
    long openLinks(String server) {
        return wires.stream().filter(w -> w.server.equals(server) && !w.closed).count();
    }

    boolean isOpen(String server, int link) {
        return wires.stream().anyMatch(w -> w.server.equals(server) && w.number == link && !w.closed);
    }

    RadiusServerView view(ServerPools pools, String server) {
        return pools.views().stream()
                .filter(v -> v.name().equals(server))
                .findFirst()
                .orElseThrow();
    }

    void pass(Duration time) {
        long until = now + time.toNanos();
        while (!due.isEmpty() && due.peek().at() <= until) {
            Due next = due.poll();
            now = next.at();
            next.action().run();
        }
        now = until;
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Alarm after(Duration delay, Runnable action) {
        Due set = new Due(now + delay.toNanos(), order++, action);
        due.add(set);
        return () -> due.remove(set);
    }

    @Override
    public Link dial(RadiusServerSettings server, RadiusRequest.Kind kind, Link.Receiver receiver) {
        Wire wire = new Wire(server.name(), kind, (int) links(server.name()), receiver);
        wires.add(wire);
        return wire;
    }
}
