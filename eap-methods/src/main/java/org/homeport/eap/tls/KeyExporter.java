package org.homeport.eap.tls;

import java.io.IOException;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCryptoUtils;
import org.bouncycastle.tls.crypto.TlsHash;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * Draws keys from a connection whenever they are wanted. The library gives its secrets away only in the moment in
 * which the handshake ends, and its own exporter refuses TLS 1.2 without extended master secret, which not every peer
 * of EAP has: so the secret is kept, and the key is derived here.
 */
sealed interface KeyExporter {
    Secret export(TlsExport export);

    TlsVersion version();

    Octets clientRandom();

    Octets serverRandom();

    /**
     * Keeps what is needed.
     *
     * @param context whose handshake is just being completed
     */
    static KeyExporter of(TlsContext context) {
        SecurityParameters connection = context.getSecurityParametersConnection();
        Octets clientRandom = Octets.copyOf(connection.getClientRandom());
        Octets serverRandom = Octets.copyOf(connection.getServerRandom());
        if (TlsUtils.isTLSv13(connection.getNegotiatedVersion())) {
            int hash = connection.getPRFCryptoHashAlgorithm();
            return new Tls13(
                    context.getCrypto().adoptSecret(connection.getExporterMasterSecret()),
                    hash,
                    context.getCrypto().createHash(hash),
                    clientRandom,
                    serverRandom);
        }
        return new Tls12(
                context.getCrypto().adoptSecret(connection.getMasterSecret()),
                connection.getPRFAlgorithm(),
                clientRandom,
                serverRandom);
    }

    /** RFC 5216 section 2.3: TLS-PRF(master_secret, label, client.random || server.random). */
    record Tls12(TlsSecret master, int prf, Octets clientRandom, Octets serverRandom) implements KeyExporter {
        @Override
        public Secret export(TlsExport export) {
            byte[] seed = clientRandom.plus(serverRandom).toByteArray();
            return Secret.wrap(master.deriveUsingPRF(prf, export.prfLabel(), seed, export.length())
                    .extract());
        }

        @Override
        public TlsVersion version() {
            return TlsVersion.TLS_1_2;
        }

        @Override
        public String toString() {
            return "TLS 1.2";
        }
    }

    /** RFC 8446 section 7.5. */
    record Tls13(TlsSecret exporterMaster, int hashAlgorithm, TlsHash hash, Octets clientRandom, Octets serverRandom)
            implements KeyExporter {
        @Override
        public Secret export(TlsExport export) {
            byte[] nothing = hashed(Octets.EMPTY);
            try {
                TlsSecret derived = TlsCryptoUtils.hkdfExpandLabel(
                        exporterMaster, hashAlgorithm, export.exporterLabel(), nothing, nothing.length);
                return Secret.wrap(TlsCryptoUtils.hkdfExpandLabel(
                                derived, hashAlgorithm, "exporter", hashed(export.context()), export.length())
                        .extract());
            } catch (IOException e) {
                throw new IllegalArgumentException(export.toString(), e);
            }
        }

        private byte[] hashed(Octets octets) {
            TlsHash fresh = hash.cloneHash();
            fresh.update(octets.toByteArray(), 0, octets.length());
            return fresh.calculateHash();
        }

        @Override
        public TlsVersion version() {
            return TlsVersion.TLS_1_3;
        }

        @Override
        public String toString() {
            return "TLS 1.3";
        }
    }
}
