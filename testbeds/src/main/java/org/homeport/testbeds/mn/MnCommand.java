package org.homeport.testbeds.mn;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.child.ProposalParser;
import org.homeport.core.child.SaMode;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.message.Proposal;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.Timing;
import org.homeport.core.port.SessionListener;
import org.homeport.core.session.Environment;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;
import org.homeport.crypto.HomeportCrypto;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.crypto.LegacyAlgorithms;
import org.homeport.daemon.StartFailedException;
import org.homeport.daemon.cli.ExitCodes;
import org.homeport.daemon.config.LogSettings;
import org.homeport.daemon.observe.EventLog;
import org.homeport.daemon.observe.KeyLog;
import org.homeport.daemon.observe.Listeners;
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

/** The mobile node as a command. */
@Command(
        name = "mn",
        description = {
            "Bootstraps as a mobile node and prints what it learned.",
            "It then stays until it is interrupted (--stay), taking orders on standard input, one a line:"
                    + " status, rekey-ike, rekey-child, create-child, probe, quit."
        },
        footer = {
            "%nExample:",
            "  homeport mn --gateway 2001:db8:2::1 --gateway-id ha.example.org --ca ca.crt \\",
            "      --identity mn1@example.org --password-file password"
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:the node has what it asked for", "1:it has not; why is on standard error"})
public final class MnCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Credentials credentials = new Credentials();

    @Mixin
    private EapOptions eap = new EapOptions();

    @Mixin
    private EapCredentials eapCredentials = new EapCredentials();

    @Mixin
    private Gateway gateway = new Gateway();

    @Option(
            names = "--identity",
            converter = OptionValues.Identity.class,
            required = true,
            paramLabel = "NAI",
            description = "who we are")
    private String identity = "";

    @Option(
            names = "--local-port",
            converter = OptionValues.UdpPort.class,
            defaultValue = "0",
            description = "our IKE port (default: any)")
    private int localPort;

    @Option(
            names = "--local-nat-port",
            converter = OptionValues.UdpPort.class,
            defaultValue = "0",
            description = "our port behind NATs (default: any)")
    private int localNatPort;

    @Option(
            names = "--want",
            split = ",",
            defaultValue = "ipv6",
            description = "home addresses to ask for: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private List<Family> wanted = List.of();

    @Option(names = "--no-address", description = "ask for no home address")
    private boolean noAddress;

    @Option(
            names = "--mode",
            defaultValue = "tunnel",
            description = "tunnel: all traffic; transport: Mobility Headers only (default: ${DEFAULT-VALUE})")
    private SaMode mode = SaMode.TUNNEL;

    @Option(
            names = "--ike",
            converter = OptionValues.IkeProposal.class,
            paramLabel = "PROPOSAL",
            description = "as aes128gcm16-prfsha256-x25519; repeatable")
    private List<Proposal> ike = List.of();

    @Option(
            names = "--esp",
            converter = OptionValues.EspProposal.class,
            paramLabel = "PROPOSAL",
            description = "as aes128gcm16 or aes128-sha256-ecp256; repeatable")
    private List<Proposal> esp = List.of();

    @Option(names = "--sa-backend", defaultValue = "none", description = "kernel or none (default: ${DEFAULT-VALUE})")
    private NodeSas.Kind backend = NodeSas.Kind.NONE;

    @Option(names = "--assign", paramLabel = "DEVICE", description = "put the home addresses on this device (root)")
    private Optional<String> device = Optional.empty();

    @Option(names = "--keylog", paramLabel = "FILE", description = "write the IKE SA's keys, for Wireshark")
    private Optional<Path> keyLog = Optional.empty();

    @Option(names = "--timeout", defaultValue = "60", paramLabel = "SECONDS", description = "for the bootstrap")
    private int timeoutSeconds;

    @Option(
            names = {"-v", "--verbose"},
            description = "log every step")
    private boolean verbose;

    @Option(names = "--stay", description = "keep the SAs until interrupted")
    private boolean stay;

    private final Supplier<Orders> orders;

    public MnCommand() {
        this(Orders::ofStandardInput);
    }

    /** @param orders where a node that stays takes its orders from; asked when it does */
    public MnCommand(Supplier<Orders> orders) {
        this.orders = orders;
    }

    @Override
    public Integer call()
            throws IOException, InterruptedException, KeyMaterialException, StartFailedException,
                    XfrmUnavailableException {
        NodeSettings settings = settings();
        LogSetup.apply(new LogSettings(LogSettings.Format.TEXT, verbose ? Level.DEBUG : Level.WARN));
        PrintWriter err = spec.commandLine().getErr();
        try (Ending ending = new Ending(err::println)) {
            // Told to end while we wait: good-bye to the home agent in any case, and nothing stays in the system.
            Runtime.getRuntime().addShutdownHook(new Thread(ending::close, "farewell"));
            return bootstrap(settings, ending);
        } catch (BootstrapFailedException e) {
            err.println("no bootstrap: " + e.getMessage());
            return ExitCodes.FAILED;
        }
    }

    private int bootstrap(NodeSettings settings, Ending ending)
            throws BootstrapFailedException, IOException, InterruptedException, XfrmUnavailableException {
        PrintWriter out = spec.commandLine().getOut();
        NodeSas sas = ending.take(NodeSas.open(backend));
        MobileNode node = ending.take(MobileNode.open(settings, surroundings(sas)));
        sas.tellExpiries(node::saExpired);
        SessionSummary summary = node.bootstrap(Duration.ofSeconds(timeoutSeconds));
        NodeReport.lines(summary).forEach(out::println);
        out.flush();
        if (device.isPresent()) {
            ending.take(new HomeAddresses(device.get())).assign(summary.homeAddresses());
        }
        if (stay) {
            Thread taker = takeOrders(node, out);
            node.ended().join();
            taker.interrupt();
        }
        return summary.homeAddresses().isEmpty() && !noAddress ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private NodeEngine.Surroundings surroundings(NodeSas sas) throws IOException {
        Crypto crypto = new HomeportCrypto(LegacyAlgorithms.REFUSE);
        RandomSource random = RandomSource.of(new SecureRandom());
        Environment environment = new Environment(
                crypto,
                random,
                sas.reqids(),
                keyLog.isPresent() ? Environment.KeyLogging.ON : Environment.KeyLogging.OFF,
                Environment.DEFAULT_FRAGMENT_SIZE);
        return new NodeEngine.Surroundings(
                crypto, random, InstantSource.system(), sas.port(), sas.sockets(), listener(), environment);
    }

    private SessionListener listener() throws IOException {
        List<SessionListener> listeners = new ArrayList<>(List.of(new EventLog()));
        if (keyLog.isPresent()) {
            listeners.add(KeyLog.open(keyLog.get()));
        }
        return new Listeners(listeners);
    }

    private NodeSettings settings() throws KeyMaterialException, StartFailedException {
        EapPeers peers = eap.peers(identity, eapCredentials);
        Optional<LocalAuth> byEap = eap.local(identity, eapCredentials);
        return new NodeSettings(
                gateway.endpoint(),
                gateway.natPort(),
                gateway.identity(),
                NodeSettings.AskFor.GATEWAY_IDENTITY,
                gateway.careOf(),
                localPort,
                localNatPort,
                PeerIdentity.parse(byEap.isPresent() ? eap.outer(identity) : identity),
                credentials.local(byEap),
                credentials.remote(byEap),
                peers,
                noAddress ? List.of() : wanted,
                ike.isEmpty() ? ProposalParser.ikeDefaults() : ike,
                List.of(child()),
                Timing.DEFAULT);
    }

    private ChildPolicy child() {
        List<Proposal> proposals = esp.isEmpty() ? ProposalParser.espDefaults() : esp;
        return switch (mode) {
            case TUNNEL -> new ChildPolicy("net", mode, proposals, List.of(), everywhere(), 0, 0);
            case TRANSPORT ->
                new ChildPolicy(
                        "mh",
                        mode,
                        proposals,
                        List.of(),
                        List.of(TrafficSelector.of(IpPrefix.host(gateway.address()), 135)),
                        135,
                        0);
        };
    }

    private List<TrafficSelector> everywhere() {
        Stream<Family> families =
                noAddress ? Stream.of(gateway.address().isV6() ? Family.IPV6 : Family.IPV4) : wanted.stream();
        return families.map(family -> TrafficSelector.of(IpPrefix.parse(
                        switch (family) {
                            case IPV6 -> "::/0";
                            case IPV4 -> "0.0.0.0/0";
                        })))
                .toList();
    }

    private Thread takeOrders(MobileNode node, PrintWriter out) {
        Orders source = orders.get();
        return Thread.ofPlatform().daemon().name("orders").start(() -> {
            try {
                for (var order = source.next(); order.isPresent(); order = source.next()) {
                    carryOut(node, order.get().strip(), out);
                }
            } catch (IOException e) {
                out.println("no more orders: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void carryOut(MobileNode node, String order, PrintWriter out) throws InterruptedException {
        Optional<SessionSummary> now = node.status();
        Optional<Integer> spi = now.flatMap(s -> s.children().stream().findFirst())
                .map(plan -> plan.inbound().spi());
        switch (order) {
            case "status" ->
                now.map(NodeReport::lines).orElse(List.of("  no session")).forEach(out::println);
            case "rekey-ike" -> node.command(new Event.Command.RekeyIke());
            case "rekey-child" -> spi.ifPresent(s -> node.command(new Event.Command.RekeyChild(s)));
            case "create-child" ->
                now.flatMap(s -> s.children().stream().findFirst())
                        .ifPresent(plan -> node.command(new Event.Command.CreateChild(plan.name())));
            case "probe" -> node.command(new Event.Command.Probe());
            case "quit" -> node.command(new Event.Command.Close("told to quit", Output.Cause.ADMIN_RESET));
            default -> out.println("orders are: status, rekey-ike, rekey-child, create-child, probe, quit");
        }
        out.flush();
    }
}
