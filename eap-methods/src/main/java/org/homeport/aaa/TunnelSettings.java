package org.homeport.aaa;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.homeport.eap.tls.CertifiedKey;
import org.homeport.eap.tls.ClientCertificate;
import org.homeport.eap.tls.EapTlsFragments;
import org.homeport.eap.tls.TlsServerSettings;
import org.homeport.eap.tls.TlsServerSide;
import org.homeport.eap.tls.TlsVersion;
import org.homeport.kit.RandomSource;

/**
 * What the methods with a tunnel work with. Peers have no certificates: they prove themselves inside.
 *
 * @param own of the server
 * @param fragment the longest type data to be sent, in octets
 * @param serverName shown to the peer inside
 */
public record TunnelSettings(CertifiedKey own, Set<TlsVersion> versions, int fragment, String serverName) {
    public TunnelSettings {
        versions = Set.copyOf(versions);
    }

    public TunnelSettings(CertifiedKey own, String serverName) {
        this(own, Set.of(TlsVersion.values()), EapTlsFragments.DEFAULT_FRAGMENT, serverName);
    }

    TlsServerSide side(InstantSource clock, RandomSource random) {
        return new TlsServerSide(new TlsServerSettings(own, new ClientCertificate.NotAsked(), versions), clock, random);
    }

    /** A password may be tried once: whoever mistyped begins anew. */
    LocalMschapV2 mschapV2(RandomSource random) {
        return new LocalMschapV2(serverName, 1, random);
    }

    /** What proves a password well enough inside PEAP. */
    List<LocalMethod> keyed(RandomSource random) {
        return List.of(mschapV2(random), new LocalGtc());
    }
}
