package org.homeport.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.core.address.Lease;
import org.homeport.core.address.LeaseRequest;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.child.EspKeys;
import org.homeport.core.child.EspSuite;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SaPlan;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.EsnId;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Path;
import org.homeport.core.session.SessionSummary;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** Values for tests that only pass them on. */
final class Samples {
    static final Path PATH = path(40_000);
    static final Octets INIT = Octets.utf8("IKE_SA_INIT request");
    static final Octets AUTH = Octets.utf8("IKE_AUTH request");
    static final Lease LEASE =
            new Lease("lease-1", IpAddress.parse("2001:db8::2"), IpPrefix.parse("2001:db8::/64"), List.of(), "home");

    private static final EspSuite SUITE = new EspSuite(EncryptionId.AES_GCM_16, 128, Optional.empty(), EsnId.NO_ESN);

    private Samples() {}

    static Path path(int remotePort) {
        return new Path(
                new Endpoint(IpAddress.parse("192.0.2.1"), 500),
                new Endpoint(IpAddress.parse("198.51.100.7"), remotePort),
                Framing.PLAIN);
    }

    static LeaseRequest leaseRequest() {
        return new LeaseRequest(
                PeerIdentity.parse("mn@example.org"),
                Authorization.of("mn@example.org"),
                List.of(),
                List.of("home"),
                PATH.remote(),
                "a");
    }

    static SaPlan plan(int inboundSpi) {
        return new SaPlan(
                "home",
                1,
                SaMode.TUNNEL,
                SUITE,
                keys(inboundSpi),
                keys(0x2222),
                IpAddress.parse("192.0.2.1"),
                IpAddress.parse("198.51.100.7"),
                List.of(),
                List.of(),
                Optional.empty(),
                Duration.ofHours(1));
    }

    private static EspKeys keys(int spi) {
        return new EspKeys(spi, Secret.copyOf(Octets.zeros(20)), Secret.copyOf(Octets.EMPTY));
    }

    static SessionSummary summary(String session, String identity) {
        return new SessionSummary(
                session,
                "default",
                PeerIdentity.parse(identity),
                Authorization.of(identity),
                PATH,
                1,
                2,
                "suite",
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
