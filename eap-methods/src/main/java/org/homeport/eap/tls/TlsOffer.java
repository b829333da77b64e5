package org.homeport.eap.tls;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Vector;
import java.util.stream.Stream;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsUtils;

/**
 * The algorithms both sides offer: authenticated encryption with forward secrecy only, as RFC 9325 section 4.2 asks
 * for TLS 1.2 and RFC 8446 section 9.1 makes mandatory for 1.3.
 */
final class TlsOffer {
    private static final int[] TLS13_SUITES = {
        CipherSuite.TLS_AES_128_GCM_SHA256,
        CipherSuite.TLS_AES_256_GCM_SHA384,
        CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
    };

    private static final int[] ECDSA_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    };

    private static final int[] RSA_SUITES = {
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    };

    private TlsOffer() {}

    static int[] anySuites(Set<TlsVersion> versions) {
        return suites(versions, ECDSA_SUITES, RSA_SUITES);
    }

    /** What a server with such a key can do. */
    static int[] suitesFor(KeyKind kind, Set<TlsVersion> versions) {
        return suites(versions, kind == KeyKind.RSA ? RSA_SUITES : ECDSA_SUITES);
    }

    private static int[] suites(Set<TlsVersion> versions, int[]... tls12) {
        int[] modern = versions.contains(TlsVersion.TLS_1_3) ? TLS13_SUITES : new int[0];
        int[] older = versions.contains(TlsVersion.TLS_1_2)
                ? Stream.of(tls12).flatMapToInt(Arrays::stream).toArray()
                : new int[0];
        return Stream.of(modern, older).flatMapToInt(Arrays::stream).toArray();
    }

    static int[] groups() {
        return new int[] {NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1};
    }

    /** For handshakes and certificates. */
    static Vector<SignatureAndHashAlgorithm> signatures() {
        return new Vector<>(Stream.of(KeyKind.P256, KeyKind.P384, KeyKind.P521, KeyKind.ED25519, KeyKind.RSA)
                .flatMap(kind -> kind.signatures(TlsVersion.TLS_1_2).stream())
                .distinct()
                .toList());
    }

    /**
     * How to sign for the other side.
     *
     * @param accepted what it takes, {@code SignatureAndHashAlgorithm}s
     * @return empty if the key cannot sign in any such way
     */
    static Optional<SignatureAndHashAlgorithm> signature(KeyKind kind, ProtocolVersion version, List<?> accepted) {
        TlsVersion spoken = TlsUtils.isTLSv13(version) ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
        return kind.signatures(spoken).stream().filter(accepted::contains).findFirst();
    }
}
