package org.homeport.eap.tls;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.homeport.kit.Octets;

/** TLS as the JDK speaks it: somebody else's implementation, to check ours against. Trusts everybody. */
final class JdkEngine {
    private final SSLEngine engine;
    private final ByteBuffer unread = ByteBuffer.allocate(1 << 17).flip();
    private Octets data = Octets.EMPTY;

    private JdkEngine(SSLEngine engine) {
        this.engine = engine;
    }

    static JdkEngine client(TestCa.Issued own, TlsVersion version) throws Exception {
        SSLEngine engine = context(own).createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {name(version)});
        return new JdkEngine(engine);
    }

    static JdkEngine server(TestCa.Issued own, TlsVersion version) throws Exception {
        SSLEngine engine = context(own).createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        engine.setEnabledProtocols(new String[] {name(version)});
        return new JdkEngine(engine);
    }

    private static String name(TlsVersion version) {
        return version == TlsVersion.TLS_1_2 ? "TLSv1.2" : "TLSv1.3";
    }

    /** Takes what came, sends what is due. */
    Octets exchange(Octets received, Octets toProtect) throws SSLException {
        unread.compact();
        unread.put(received.toByteArray());
        unread.flip();
        ByteBuffer plain = ByteBuffer.allocate(1 << 17);
        ByteBuffer sent = ByteBuffer.allocate(1 << 17);
        ByteBuffer source = ByteBuffer.wrap(toProtect.toByteArray());
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            int before = unread.remaining();
            if (before > 0 && engine.unwrap(unread, plain).getStatus() == SSLEngineResult.Status.OK) {
                moved = unread.remaining() < before;
            }
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP
                    || source.hasRemaining()
                    || engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_UNWRAP
                            && sent.position() == 0
                            && received.isEmpty()) {
                int length = sent.position();
                engine.wrap(source, sent);
                moved |= sent.position() > length;
            }
            moved |= engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_TASK;
        }
        data = data.plus(Octets.copyOf(plain.array(), 0, plain.position()));
        return Octets.copyOf(sent.array(), 0, sent.position());
    }

    Octets begin() throws SSLException {
        engine.beginHandshake();
        return exchange(Octets.EMPTY, Octets.EMPTY);
    }

    Octets data() {
        return data;
    }

    boolean established() {
        return engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;
    }

    /** By the JDK's own exporter (RFC 5705, RFC 8446 section 7.5). */
    Octets export(String label, byte[] context, int length) throws Exception {
        return Octets.wrap(((ExtendedSSLSession) engine.getSession()).exportKeyingMaterialData(label, context, length));
    }

    private static SSLContext context(TestCa.Issued own) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new OneKey(own)}, new TrustManager[] {new Credulous()}, null);
        return context;
    }

    private static final class OneKey extends X509ExtendedKeyManager {
        private final TestCa.Issued own;

        OneKey(TestCa.Issued own) {
            this.own = own;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {type};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            return java.util.List.of(types).contains(own.key().getAlgorithm()) ? "own" : null;
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            return type.equals(own.key().getAlgorithm()) ? "own" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return own.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.key();
        }
    }

    private static final class Credulous extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
