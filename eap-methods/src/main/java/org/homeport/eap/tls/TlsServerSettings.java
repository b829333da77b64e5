package org.homeport.eap.tls;

import java.util.Set;

/** How a server speaks TLS. */
public record TlsServerSettings(CertifiedKey own, ClientCertificate client, Set<TlsVersion> versions) {
    public TlsServerSettings {
        versions = Set.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("no version of TLS");
        }
    }

    public TlsServerSettings(CertifiedKey own, ClientCertificate client) {
        this(own, client, Set.of(TlsVersion.values()));
    }
}
