package org.homeport.eap.tls;

import java.util.Optional;
import java.util.Set;

/**
 * How a client speaks TLS.
 *
 * @param own sent if the server asks for it
 * @param anchors whom the server's certificate has to come from
 * @param serverNames of which the server's certificate has to bear one as a dNSName (RFC 9190 section 2.2); empty: any
 *     certificate below the anchors will do, which only suits a CA that certifies nobody else
 */
public record TlsClientSettings(
        Optional<CertifiedKey> own, TrustAnchors anchors, Set<String> serverNames, Set<TlsVersion> versions) {
    public TlsClientSettings {
        serverNames = Set.copyOf(serverNames);
        versions = Set.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("no version of TLS");
        }
    }

    public TlsClientSettings(Optional<CertifiedKey> own, TrustAnchors anchors, Set<String> serverNames) {
        this(own, anchors, serverNames, Set.of(TlsVersion.values()));
    }
}
