package org.homeport.aaa.radius;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.homeport.eap.tls.TestCa;
import org.homeport.kit.Endpoint;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/** A RadSec server on loopback, by the JDK's blocking sockets; what it answers is the test's. */
final class SmallRadSecServer implements Closeable {
    static final Secret SECRET = Secret.utf8("radsec");

    private final SSLServerSocket listening;
    private final Answering answering;
    private final BlockingQueue<SSLSocket> connections = new LinkedBlockingQueue<>();

    /** What is written when a request has come. */
    @FunctionalInterface
    interface Answering {
        void answer(RadiusPacket request, OutputStream to) throws IOException;
    }

    /** @param trusted who vouches for clients */
    SmallRadSecServer(TestCa.Issued own, X509Certificate trusted, List<String> protocols, Answering answering) {
        this.answering = answering;
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(X509Certificate[]::new));
            keys.init(store, new char[0]);
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry("trusted", trusted);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            listening = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
        listening.setNeedClientAuth(true);
        listening.setEnabledProtocols(protocols.toArray(String[]::new));
        Thread.ofVirtual().start(this::accept);
    }

    static Octets accept(RadiusPacket request) {
        return RadiusAuthenticators.response(
                RadiusCode.ACCESS_ACCEPT, request.identifier(), request.authenticator(), List.of(), SECRET);
    }

    Endpoint endpoint() {
        return Endpoint.of((InetSocketAddress) listening.getLocalSocketAddress());
    }

    /** Connections in their order, each once. */
    BlockingQueue<SSLSocket> connections() {
        return connections;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        try {
            while (true) {
                SSLSocket socket = (SSLSocket) listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.startHandshake();
            connections.add(socket);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                byte[] header = in.readNBytes(4);
                if (header.length < 4) {
                    throw new EOFException();
                }
                Octets beginning = Octets.wrap(header);
                byte[] rest = in.readNBytes(RadiusCodec.length(beginning) - 4);
                answering.answer(RadiusCodec.decode(beginning.plus(Octets.wrap(rest))), socket.getOutputStream());
            }
        } catch (IOException e) {
            // The client has gone, or is not let in.
        } catch (WireException e) {
            throw new IllegalStateException(e);
        }
    }
}
