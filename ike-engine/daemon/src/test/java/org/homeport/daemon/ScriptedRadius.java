package org.homeport.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusAuthenticators;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusCodec;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/** A RADIUS server on loopback that says what it is told to. */
final class ScriptedRadius implements AutoCloseable {
    private final DatagramSocket socket;
    private final Secret secret;
    private final Function<RadiusPacket, Optional<Said>> script;
    private final List<RadiusPacket> asked = new CopyOnWriteArrayList<>();
    private final Thread thread;

    /** An answer. */
    record Said(RadiusCode code, List<RadiusAttribute> attributes) {
        static Optional<Said> of(RadiusCode code, RadiusAttribute... attributes) {
            return Optional.of(new Said(code, List.of(attributes)));
        }
    }

    /** @param script empty: silence */
    ScriptedRadius(String secret, Function<RadiusPacket, Optional<Said>> script) throws IOException {
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        this.secret = Secret.utf8(secret);
        this.script = script;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** All authentic requests so far. */
    List<RadiusPacket> asked() {
        return asked;
    }

    private void run() {
        byte[] buffer = new byte[RadiusPacket.MAX_OCTETS];
        while (!socket.isClosed()) {
            DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(datagram);
                RadiusPacket request =
                        RadiusCodec.decode(Octets.wrap(Arrays.copyOf(datagram.getData(), datagram.getLength())));
                if (RadiusAuthenticators.isAccessRequestAuthentic(request, secret)) {
                    asked.add(request);
                    answer(datagram, request);
                }
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (WireException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void answer(DatagramPacket datagram, RadiusPacket request) throws IOException {
        Optional<Said> said = script.apply(request);
        if (said.isPresent()) {
            byte[] answer = RadiusAuthenticators.response(
                            said.get().code(),
                            request.identifier(),
                            request.authenticator(),
                            said.get().attributes(),
                            secret)
                    .toByteArray();
            socket.send(new DatagramPacket(answer, answer.length, datagram.getSocketAddress()));
        }
    }

    @Override
    public void close() throws InterruptedException {
        socket.close();
        thread.join();
    }
}
