package org.homeport.eap.tls;

import java.util.Set;
import org.bouncycastle.tls.ProtocolVersion;

/** The versions of TLS that are still fit for use (RFC 8996). */
public enum TlsVersion {
    TLS_1_2(ProtocolVersion.TLSv12),
    TLS_1_3(ProtocolVersion.TLSv13);

    private final ProtocolVersion protocol;

    TlsVersion(ProtocolVersion protocol) {
        this.protocol = protocol;
    }

    /** Newest first, as they are offered. */
    static ProtocolVersion[] offered(Set<TlsVersion> versions) {
        return versions.stream()
                .sorted((one, other) -> other.compareTo(one))
                .map(version -> version.protocol)
                .toArray(ProtocolVersion[]::new);
    }

    @Override
    public String toString() {
        return protocol.getName();
    }
}
