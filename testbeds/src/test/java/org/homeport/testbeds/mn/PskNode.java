package org.homeport.testbeds.mn;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.child.ProposalParser;
import org.homeport.core.child.SaMode;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.policy.Timing;
import org.homeport.core.port.SessionListener;
import org.homeport.core.session.Environment;
import org.homeport.daemon.HomeportDaemon;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.runtime.Listening;
import org.homeport.runtime.SocketPrepared;
import org.homeport.testbeds.esp.EspTable;

/** A mobile node of the tests that proves itself by a shared key to a daemon on this host, with ESP in memory. */
public final class PskNode {
    private PskNode() {}

    /** @param listener hears what happens at the node */
    public static MobileNode open(
            HomeportDaemon daemon, String nai, Secret key, Crypto crypto, RandomSource random, SessionListener listener)
            throws IOException {
        Listening agent = daemon.listening().getFirst();
        AtomicInteger reqids = new AtomicInteger();
        NodeSettings settings = new NodeSettings(
                new Endpoint(agent.address(), agent.plainPort()),
                agent.markerPort(),
                "ha.example.org",
                NodeSettings.AskFor.GATEWAY_IDENTITY,
                Optional.of(agent.address()),
                0,
                0,
                PeerIdentity.parse(nai),
                new LocalAuth.BySharedKey(key),
                new RemoteAuth.BySharedKey(key),
                EapPeers.none(),
                List.of(Family.IPV6),
                ProposalParser.ikeDefaults(),
                List.of(new ChildPolicy(
                        "net",
                        SaMode.TUNNEL,
                        ProposalParser.espDefaults(),
                        List.of(),
                        List.of(TrafficSelector.of(IpPrefix.parse("::/0"))),
                        0,
                        0)),
                Timing.DEFAULT);
        return MobileNode.open(
                settings,
                new NodeEngine.Surroundings(
                        crypto,
                        random,
                        InstantSource.system(),
                        new EspTable(crypto, random),
                        SocketPrepared.NOTHING,
                        listener,
                        new Environment(
                                crypto,
                                random,
                                reqids::incrementAndGet,
                                Environment.KeyLogging.OFF,
                                Environment.DEFAULT_FRAGMENT_SIZE)));
    }
}
