package org.homeport.testbeds.mn;

import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.child.ProposalParser;
import org.homeport.core.child.SaMode;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.Timing;
import org.homeport.core.session.Environment;
import org.homeport.crypto.HomeportCrypto;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.crypto.LegacyAlgorithms;
import org.homeport.daemon.StartFailedException;
import org.homeport.daemon.cli.ExitCodes;
import org.homeport.daemon.config.LogSettings;
import org.homeport.daemon.observe.EventLog;
import org.homeport.daemon.observe.LogSetup;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.RandomSource;
import org.homeport.xfrm.XfrmUnavailableException;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Many mobile nodes in one process, from one address, without ESP: what that does to a home agent. */
@Command(
        name = "load",
        hidden = true,
        description = "Bootstraps as many mobile nodes and says how long it took each.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every node has what it asked for", "1:some have not; why is on standard output"})
public final class LoadCommand implements Callable<Integer> {
    /** Nodes that outlast a home agent which waits for its AAA. */
    private static final Timing PATIENT = new Timing(
            Stream.concat(Timing.DEFAULT.retransmits().stream(), Stream.of(Duration.ofSeconds(32)))
                    .toList(),
            Timing.DEFAULT.halfOpen(),
            Timing.DEFAULT.liveness(),
            Timing.DEFAULT.rekeyIke(),
            Timing.DEFAULT.rekeyChild(),
            Timing.DEFAULT.keepalive());

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Gateway gateway = new Gateway();

    @Mixin
    private Credentials credentials = new Credentials();

    @Mixin
    private EapOptions eap = new EapOptions();

    @Mixin
    private EapCredentials eapCredentials = new EapCredentials();

    @Option(names = "--count", defaultValue = "200", description = "nodes (default: ${DEFAULT-VALUE})")
    private int count;

    @Option(
            names = "--identity",
            required = true,
            paramLabel = "NAI",
            description = "who they are; a # in it becomes the node's number")
    private String identity = "";

    @Option(names = "--at-once", defaultValue = "0", description = "how many at a time, at most (default: all)")
    private int atOnce;

    @Option(names = "--timeout", defaultValue = "60", paramLabel = "SECONDS", description = "for all of them together")
    private int timeoutSeconds;

    private final InstantSource clock = InstantSource.system();
    private final Crypto crypto = new HomeportCrypto(LegacyAlgorithms.REFUSE);
    private final RandomSource random = RandomSource.of(new SecureRandom());
    private final Latencies latencies = new Latencies();
    private final Map<String, Integer> failures = new ConcurrentSkipListMap<>();

    @Override
    public Integer call()
            throws IOException, InterruptedException, KeyMaterialException, StartFailedException,
                    XfrmUnavailableException {
        LogSetup.apply(new LogSettings(LogSettings.Format.TEXT, Level.ERROR));
        PrintWriter out = spec.commandLine().getOut();
        try (NodeSas sas = NodeSas.open(NodeSas.Kind.NONE);
                NodeEngine nodes = NodeEngine.open(settings(1), surroundings(sas))) {
            initiateAll(nodes);
        }
        int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
        out.printf(
                "%d bootstraps: %d done, %d failed, %d without result%n",
                count, latencies.count(), failed, count - latencies.count() - failed);
        out.printf("latency: %s%n", latencies.summary());
        failures.forEach((why, times) -> out.printf("failed, %d times: %s%n", times, why));
        out.flush();
        return latencies.count() == count ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void initiateAll(NodeEngine nodes) throws InterruptedException, KeyMaterialException, StartFailedException {
        Instant deadline = clock.instant().plusSeconds(timeoutSeconds);
        int allowed = atOnce > 0 ? Math.min(atOnce, count) : count;
        Semaphore free = new Semaphore(allowed);
        for (int node = 1; node <= count; node++) {
            if (!free.tryAcquire(millisUntil(deadline), TimeUnit.MILLISECONDS)) {
                return;
            }
            initiate(nodes, "mn" + node, settings(node), free);
        }
        // Each node that is done gives its place back.
        boolean unused = free.tryAcquire(allowed, millisUntil(deadline), TimeUnit.MILLISECONDS);
    }

    private void initiate(NodeEngine nodes, String session, NodeSettings settings, Semaphore free) {
        Instant begun = clock.instant();
        CompletableFuture<Void> unused = nodes.initiate(session, settings)
                .established()
                .handle((summary, failure) -> {
                    if (failure == null) {
                        latencies.add(Duration.between(begun, clock.instant()));
                    } else {
                        failures.merge(String.valueOf(failure.getMessage()), 1, Integer::sum);
                    }
                    free.release();
                    return null;
                });
    }

    private long millisUntil(Instant deadline) {
        return Duration.between(clock.instant(), deadline).toMillis();
    }

    private NodeEngine.Surroundings surroundings(NodeSas sas) {
        Environment environment = new Environment(
                crypto, random, sas.reqids(), Environment.KeyLogging.OFF, Environment.DEFAULT_FRAGMENT_SIZE);
        return new NodeEngine.Surroundings(
                crypto, random, clock, sas.port(), sas.sockets(), new EventLog(), environment);
    }

    private NodeSettings settings(int number) throws KeyMaterialException, StartFailedException {
        String name = identity.replace("#", String.valueOf(number));
        Optional<LocalAuth> byEap = eap.local(name, eapCredentials);
        return new NodeSettings(
                gateway.endpoint(),
                gateway.natPort(),
                gateway.identity(),
                NodeSettings.AskFor.GATEWAY_IDENTITY,
                gateway.careOf(),
                0,
                0,
                PeerIdentity.parse(eap.outer(name)),
                credentials.local(byEap),
                credentials.remote(byEap),
                eap.peers(name, eapCredentials),
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
                PATIENT);
    }
}
