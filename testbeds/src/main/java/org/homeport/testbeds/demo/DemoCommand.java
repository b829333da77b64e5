package org.homeport.testbeds.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.child.ProposalParser;
import org.homeport.core.child.SaMode;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.policy.Timing;
import org.homeport.core.session.Environment;
import org.homeport.core.session.SessionSummary;
import org.homeport.crypto.HomeportCrypto;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.crypto.LegacyAlgorithms;
import org.homeport.crypto.PkixCertificateVerifier;
import org.homeport.daemon.HomeportDaemon;
import org.homeport.daemon.StartFailedException;
import org.homeport.daemon.Surroundings;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.ConfigurationException;
import org.homeport.daemon.config.ConfigurationReader;
import org.homeport.daemon.config.LogSettings;
import org.homeport.daemon.observe.LogSetup;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.runtime.Listening;
import org.homeport.runtime.SocketPrepared;
import org.homeport.testbeds.esp.EspTable;
import org.homeport.testbeds.ha.SmallHomeAgent;
import org.homeport.testbeds.mip6.MobilityHeader;
import org.homeport.testbeds.mip6.MobilityHeader.BindingAcknowledgement;
import org.homeport.testbeds.mip6.PacketLink;
import org.homeport.testbeds.mn.BootstrapFailedException;
import org.homeport.testbeds.mn.EapPeers;
import org.homeport.testbeds.mn.MobileNode;
import org.homeport.testbeds.mn.NodeEngine;
import org.homeport.testbeds.mn.NodeReport;
import org.homeport.testbeds.mn.NodeSettings;
import org.homeport.testbeds.mn.Registration;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One bootstrap, whole, in one process on loopback: engine, embedded AAA, home agent and mobile node. */
@Command(
        name = "demo",
        description = {
            "Shows one bootstrap: a home agent's engine with an embedded AAA and a throw-away CA, and a mobile node that"
                    + " authenticates with EAP-MSCHAPv2, gets its home address and registers with it.",
            "Needs no root and no configuration. The ESP that protects the registration is done in Java."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:the node is registered", "1:it is not; why is on standard error"})
public final class DemoCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration BINDING = Duration.ofMinutes(7);

    private final IpAddress loopback;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--password",
            defaultValue = DemoFiles.PASSWORD,
            description = "what the node believes its password to be (default: the right one); try 'wrong'")
    private String password = DemoFiles.PASSWORD;

    private final InstantSource clock = InstantSource.system();
    private final RandomSource random = RandomSource.of(new SecureRandom());
    private final Crypto crypto = new HomeportCrypto(LegacyAlgorithms.REFUSE);

    public DemoCommand() {
        this(IpAddress.parse("::1"));
    }

    /** @param loopback IPv6, of this host */
    DemoCommand(IpAddress loopback) {
        this.loopback = loopback;
    }

    @Override
    public Integer call() throws Exception {
        LogSetup.apply(new LogSettings(LogSettings.Format.TEXT, Level.ERROR));
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            spec.commandLine()
                    .getErr()
                    .println("demo: the demo needs IPv6 on the loopback interface (" + loopback + "): "
                            + obstacle.get());
            return 1;
        }
        EspTable agentSas = new EspTable(crypto, random);
        EspTable nodeSas = new EspTable(crypto, random);
        try (DemoFiles files = DemoFiles.make(loopback, random, clock.instant());
                HomeportDaemon engine = start(files, agentSas);
                MobileNode node = node(files, engine.listening().getFirst(), nodeSas)) {
            say("A home agent listens on %s; it knows %s by a password.", gateway(engine), DemoFiles.USER);
            say("");
            say("IKE_SA_INIT, IKE_AUTH with EAP-MSCHAPv2, configuration payload, CHILD_SA ...");
            say("");
            SessionSummary nodeSide = node.bootstrap(LIMIT);
            say("The mobile node %s learned:", DemoFiles.USER);
            NodeReport.lines(nodeSide).forEach(this::say);
            say("");
            say("The home agent's engine knows:");
            engine.engine().sessions().get().stream()
                    .flatMap(s -> AgentReport.lines(s).stream())
                    .forEach(this::say);
            say("");
            return register(nodeSide, nodeSas, agentSas);
        } catch (BootstrapFailedException e) {
            spec.commandLine()
                    .getErr()
                    .println("demo: " + DemoFiles.USER + " was refused and has no home address: " + e.getMessage()
                            + (password.equals(DemoFiles.PASSWORD) ? "" : " (the password is wrong)"));
            return 1;
        }
    }

    /** Why nobody can listen on the loopback address, in the system's words: most often, IPv6 is off. */
    private Optional<String> obstacle() {
        try (DatagramSocket probe = new DatagramSocket(new Endpoint(loopback, 0).toSocketAddress())) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private HomeportDaemon start(DemoFiles files, EspTable sas)
            throws ConfigurationException, StartFailedException, IOException {
        Configuration configuration = ConfigurationReader.read(files.configuration());
        return HomeportDaemon.start(configuration, Surroundings.real().withSas(sas));
    }

    private static Endpoint gateway(HomeportDaemon engine) {
        Listening first = engine.listening().getFirst();
        return new Endpoint(first.address(), first.plainPort());
    }

    private MobileNode node(DemoFiles files, Listening agent, EspTable sas) throws IOException, KeyMaterialException {
        AtomicInteger reqids = new AtomicInteger();
        PeerIdentity identity = PeerIdentity.parse(DemoFiles.USER);
        NodeSettings settings = new NodeSettings(
                new Endpoint(agent.address(), agent.plainPort()),
                agent.markerPort(),
                DemoFiles.IDENTITY,
                NodeSettings.AskFor.GATEWAY_IDENTITY,
                Optional.of(agent.address()),
                0,
                0,
                identity,
                new LocalAuth.ByEap(identity, RemoteAuth.WithoutMsk.REFUSE, LocalAuth.EapOnly.WITHHELD),
                new RemoteAuth.BySignature(
                        PkixCertificateVerifier.load(List.of(files.trustAnchor())), Sha1Policy.REFUSE),
                EapPeers.ofPassword(DemoFiles.USER, Secret.utf8(password)),
                List.of(Family.IPV6),
                ProposalParser.ikeDefaults(),
                List.of(new ChildPolicy(
                        "mh",
                        SaMode.TRANSPORT,
                        ProposalParser.espDefaults(),
                        List.of(),
                        List.of(TrafficSelector.of(IpPrefix.host(agent.address()), MobilityHeader.PROTOCOL)),
                        MobilityHeader.PROTOCOL,
                        0)),
                Timing.DEFAULT);
        return MobileNode.open(
                settings,
                new NodeEngine.Surroundings(
                        crypto,
                        random,
                        clock,
                        sas,
                        SocketPrepared.NOTHING,
                        new Quiet(),
                        new Environment(
                                crypto,
                                random,
                                reqids::incrementAndGet,
                                Environment.KeyLogging.OFF,
                                Environment.DEFAULT_FRAGMENT_SIZE)));
    }

    /** The proof of bootstrapping is a registration. */
    private int register(SessionSummary nodeSide, EspTable nodeSas, EspTable agentSas)
            throws IOException, InterruptedException {
        if (nodeSide.homeAddresses().isEmpty() || nodeSas.pairs().isEmpty()) {
            spec.commandLine().getErr().println("demo: the engine gave no home address or no SA");
            return 1;
        }
        IpAddress home = nodeSide.homeAddresses().getFirst().address();
        IpAddress careOf = nodeSide.path().local().address();
        IpAddress agentAddress = nodeSide.path().remote().address();
        SmallHomeAgent agent = new SmallHomeAgent(agentSas, clock, BINDING);
        try (PacketLink nodeLink = PacketLink.open(InetAddress.getLoopbackAddress());
                HomeAgentThread behind =
                        HomeAgentThread.start(agent, PacketLink.open(InetAddress.getLoopbackAddress()))) {
            EspTable.Pair pair = nodeSas.pairs().getFirst();
            say(
                    "Binding Update: home address %s, care-of address %s, under ESP %s",
                    home, careOf, spi(pair.outbound().spi()));
            Optional<BindingAcknowledgement> answer =
                    new Registration(pair, agentAddress, home).register(careOf, BINDING, nodeLink, behind.address());
            if (answer.isEmpty() || !answer.get().accepted()) {
                spec.commandLine()
                        .getErr()
                        .println("demo: the Binding Update was not accepted: "
                                + answer.map(a -> "status " + a.status()).orElse("no answer, " + behind.lastWord()));
                return 1;
            }
            say(
                    "Binding Acknowledgement: status %d (accepted), lifetime %d s, under ESP %s",
                    answer.get().status(),
                    answer.get().lifetimeSeconds(),
                    spi(pair.inbound().spi()));
            agent.bindings()
                    .forEach(b -> say("Binding cache: %s is at %s, sequence %d", b.home(), b.careOf(), b.sequence()));
            say("");
            say("Home address %s, Binding Update accepted.", home);
            return 0;
        }
    }

    private static String spi(int spi) {
        return String.format(Locale.ROOT, "%08x", spi);
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
