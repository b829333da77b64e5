package org.homeport.xfrm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.core.child.EspKeys;
import org.homeport.core.child.EspSuite;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SaPlan;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.EsnId;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Secret;

/** Plans to start from. */
final class Plans {
    static final IpAddress HA = IpAddress.parse("2001:db8:2::1");
    static final IpAddress COA = IpAddress.parse("2001:db8:1::10");
    static final IpAddress HOA = IpAddress.parse("2001:db8:100::1000");
    static final int REQID = ReqidRange.DEFAULT.first();
    static final EspSuite GCM = new EspSuite(EncryptionId.AES_GCM_16, 128, Optional.empty(), EsnId.NO_ESN);

    private Plans() {}

    /** From the home address to everywhere. */
    static SaPlan tunnel(int reqid, int inboundSpi, int outboundSpi) {
        return plan(
                reqid,
                SaMode.TUNNEL,
                GCM,
                inboundSpi,
                outboundSpi,
                COA,
                List.of(TrafficSelector.of(IpPrefix.parse("::/0"))),
                List.of(TrafficSelector.of(IpPrefix.host(HOA))));
    }

    /** Binding Updates in, Binding Acknowledgements out (RFC 4877 section 5). */
    static SaPlan bindings() {
        return transport(
                List.of(new TrafficSelector(135, 0x0600, 0x0600, HA, HA)),
                List.of(new TrafficSelector(135, 0x0500, 0x0500, HOA, HOA)));
    }

    static SaPlan transport(List<TrafficSelector> local, List<TrafficSelector> remote) {
        return plan(REQID, SaMode.TRANSPORT, GCM, 0xc0000001, 0xc0000002, HOA, local, remote);
    }

    static SaPlan plan(
            int reqid,
            SaMode mode,
            EspSuite suite,
            int inboundSpi,
            int outboundSpi,
            IpAddress remote,
            List<TrafficSelector> localSelectors,
            List<TrafficSelector> remoteSelectors) {
        return new SaPlan(
                "home",
                reqid,
                mode,
                suite,
                keys(inboundSpi),
                keys(outboundSpi),
                HA,
                remote,
                localSelectors,
                remoteSelectors,
                Optional.empty(),
                Duration.ofHours(1));
    }

    private static EspKeys keys(int spi) {
        return new EspKeys(spi, Secret.copyOf(new byte[20]), Secret.copyOf(new byte[0]));
    }
}
