package org.homeport.daemon.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.policy.RemoteAuth.WithoutMsk;
import org.homeport.daemon.config.AaaReader.WithoutMskTaken;
import org.homeport.daemon.config.Configuration.Algorithms;
import org.homeport.daemon.config.Configuration.Credentials;
import org.homeport.daemon.config.Configuration.RsaPadding;
import org.homeport.daemon.config.Configuration.SaBackend;
import org.homeport.daemon.config.ConnectionSettings.Auth;
import org.homeport.daemon.config.ConnectionSettings.Authorize;
import org.homeport.daemon.config.LogSettings.Format;
import org.homeport.kit.IpAddress;
import org.homeport.lease.LeaseTerms;
import org.homeport.lease.PoolDefinition;
import org.slf4j.event.Level;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the configuration file; tells every problem with it at once, with line and column. */
public final class ConfigurationReader {
    private static final Duration LEASE_REST = Duration.ofDays(1);

    private static final Scalar<PeerIdentity> IDENTITY =
            Scalar.of("our name as the certificate has it, as ha.example.org", text -> {
                PeerIdentity identity = PeerIdentity.parse(Scalar.TEXT.parse().apply(text));
                if (text.contains("*") || text.contains("%")) {
                    throw new IllegalArgumentException();
                }
                return identity;
            });

    /** Stands in for a wrong one: nobody has it (RFC 6666). */
    private static final IpAddress NO_ADDRESS = IpAddress.parse("100::");

    private static final Scalar<IpAddress> LISTEN = Scalar.of(
            "an address of this host, as 2001:db8:2::1, or :: or 0.0.0.0 for all it has", Scalar.ADDRESS.parse());

    private final Reading reading;

    private ConfigurationReader(Reading reading) {
        this.reading = reading;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException with every problem, also if the file cannot be read
     */
    public static Configuration read(Path file) throws ConfigurationException {
        try {
            return parse(file, Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            Reading reading = new Reading(file);
            reading.problem(Reading.NOTHING, "", Optional.empty(), Unreadable.why(e), Optional.empty());
            throw reading.failure();
        }
    }

    /**
     * Reads a text.
     *
     * @param file what problems name, and what paths in the text are relative to
     */
    public static Configuration parse(Path file, String text) throws ConfigurationException {
        return parse(text, new Reading(file));
    }

    /** Every key there is, dotted, NAME in place of the operator's names: what the README has to explain. */
    static SortedSet<String> knownKeys() {
        Reading reading = new Reading(Path.of("keys.yaml"));
        String skeleton = """
                listen: {}
                aaa: {servers: {s: {}}, realms: {r: []}, nas: {}}
                accounting: {}
                dynamic-authorization: {listen: {}, clients: {d: {}}}
                pools: {p: {reservations: {i: []}}}
                authorization: [{}]
                connections: {c: {eap: {}, children: {n: {}}}}
                """;
        try {
            parse(skeleton, reading);
        } catch (ConfigurationException expected) {
            // Much is missing from it, but every section was visited.
        }
        return reading.keys();
    }

    private static Configuration parse(String text, Reading reading) throws ConfigurationException {
        Node root;
        try {
            LoadSettings settings =
                    LoadSettings.builder().setLabel("configuration").build();
            root = new Compose(settings).composeString(text).orElse(Reading.NOTHING);
        } catch (MarkedYamlEngineException e) {
            reading.syntax(e);
            throw reading.failure();
        } catch (YamlEngineException e) {
            reading.problem(Reading.NOTHING, "", Optional.empty(), "not YAML: " + e.getMessage(), Optional.empty());
            throw reading.failure();
        }
        Configuration configuration =
                new Value(reading, root, "", "").section(new ConfigurationReader(reading)::configuration);
        reading.finish();
        return configuration;
    }

    private Configuration configuration(Section top) {
        Scalar<Path> file = Scalar.file(reading);
        AccountingReader accounting = new AccountingReader(reading);
        Algorithms algorithms =
                top.get("legacy-algorithms", Scalar.SWITCH, false) ? Algorithms.WITH_LEGACY : Algorithms.CURRENT;
        List<PoolDefinition> pools = top.section("pools", PoolReader::pools);
        List<ConnectionSettings> connections = top.section(
                "connections",
                section -> new ConnectionReader(
                                reading,
                                new ProposalWords(algorithms),
                                pools.stream().map(PoolDefinition::name).toList())
                        .connections(section));
        if (connections.isEmpty()) {
            top.missing("connections", "at least one, as 'nodes: {}' below it");
        }
        Optional<AaaSettings> aaa = aaa(top, connections);
        Configuration configuration = new Configuration(
                reading.file(),
                listen(top),
                top.require("identity", IDENTITY, PeerIdentity.parse("missing")),
                credentials(top, file, connections),
                top.list("trust-anchors", file, List.of()),
                algorithms,
                top.get("sa-backend", Scalar.choice(SaBackend.class), SaBackend.KERNEL),
                top.get("key-log", keyLog(file)).flatMap(keyLog -> keyLog),
                aaa,
                accounting.accounting(top),
                accounting.dynamicAuthorization(top, aaa),
                new AuthorizationReader(connections.stream()
                                .map(ConnectionSettings::name)
                                .toList())
                        .rules(top),
                pools,
                top.get("lease-store", file, reading.resolve("leases.db")),
                top.get("lease-rest", Scalar.DURATION_OR_NEVER, LEASE_REST),
                top.get("lease-history", Scalar.POSITIVE_DURATION, LeaseTerms.DEFAULT.history()),
                connections,
                top.section("limits", ConfigurationReader::limits),
                top.section("log", ConfigurationReader::log),
                top.get("control", file, reading.resolve("homeport.sock")),
                top.get("metrics", Scalar.ENDPOINT));
        trustAnchorsFor(connections, top, configuration.trustAnchors());
        return configuration;
    }

    private static List<ListenSettings> listen(Section top) {
        Optional<Value> listen = top.value("listen");
        if (listen.isEmpty()) {
            top.missing("listen", LISTEN.expected());
        }
        Set<IpAddress> seen = new HashSet<>();
        return listen.map(Value::items).orElse(List.of()).stream()
                .map(item -> listener(item, seen))
                .toList();
    }

    private static ListenSettings listener(Value item, Set<IpAddress> seen) {
        ListenSettings listener = item.isWord()
                ? new ListenSettings(
                        item.as(LISTEN).orElse(NO_ADDRESS), ListenSettings.IKE_PORT, ListenSettings.NAT_PORT)
                : item.section(section -> new ListenSettings(
                        section.require("address", LISTEN, NO_ADDRESS),
                        section.get("port", Scalar.PORT_OR_ANY, ListenSettings.IKE_PORT),
                        section.get("nat-port", Scalar.PORT_OR_ANY, ListenSettings.NAT_PORT)));
        if (listener.port() != 0 && listener.port() == listener.natPort()) {
            item.wrong("port and nat-port are the same: expected two ports, as 500 and 4500");
        }
        if (!listener.address().equals(NO_ADDRESS) && !seen.add(listener.address())) {
            item.wrong("this address stands here twice: keep one of the two");
        }
        return listener;
    }

    private static Optional<Credentials> credentials(
            Section top, Scalar<Path> file, List<ConnectionSettings> connections) {
        Optional<Path> certificate = top.get("certificate", file);
        Optional<Path> key = top.get("private-key", file);
        RsaPadding padding = top.get("rsa-padding", Scalar.choice(RsaPadding.class), RsaPadding.PSS);
        boolean needed = connections.stream().anyMatch(c -> !(c.auth() instanceof Auth.SharedKey));
        if (top.value("certificate").isEmpty() && (needed || key.isPresent())) {
            top.missing("certificate", "the file with our certificate and its chain, as ha.crt");
        }
        if (top.value("private-key").isEmpty() && (needed || certificate.isPresent())) {
            top.missing("private-key", "the file with the certificate's private key, as ha.key");
        }
        return certificate.flatMap(c -> key.map(k -> new Credentials(c, k, padding)));
    }

    private Optional<AaaSettings> aaa(Section top, List<ConnectionSettings> connections) {
        List<Auth.Eap> eap = connections.stream()
                .flatMap(c -> c.auth() instanceof Auth.Eap e ? Stream.of(e) : Stream.empty())
                .toList();
        if (top.value("aaa").isEmpty() && !eap.isEmpty()) {
            top.missing("aaa", "who judges those that authenticate by EAP, as 'users: FILE' below it");
        }
        if (top.value("aaa").isEmpty() && connections.stream().anyMatch(c -> c.authorize() == Authorize.AAA)) {
            top.missing("aaa", "who says what peers with 'authorize: aaa' may have, as a section 'servers' below it");
        }
        WithoutMskTaken withoutMsk = eap.stream().anyMatch(e -> e.withoutMsk() == WithoutMsk.ALLOW)
                ? WithoutMskTaken.BY_SOME
                : WithoutMskTaken.BY_NONE;
        return top.optional("aaa", new AaaReader(reading, withoutMsk)::aaa);
    }

    private static void trustAnchorsFor(List<ConnectionSettings> connections, Section top, List<Path> trustAnchors) {
        if (connections.stream().anyMatch(c -> c.auth() instanceof Auth.Certificate) && trustAnchors.isEmpty()) {
            top.missing("trust-anchors", "the certificate authorities of those who authenticate by certificate");
        }
    }

    private static Scalar<Optional<Path>> keyLog(Scalar<Path> file) {
        return Scalar.of("off or the name of a file", text -> switch (text) {
            case "off", "no", "false" -> Optional.empty();
            case "on", "yes", "true" -> throw new IllegalArgumentException();
            default -> Optional.of(file.parse().apply(text));
        });
    }

    private static LimitSettings limits(Section section) {
        LimitSettings usual = LimitSettings.DEFAULT;
        return new LimitSettings(
                section.get("half-open", Scalar.number(1, 1_000_000), usual.halfOpen()),
                section.get("cookie-threshold", Scalar.number(0, 1_000_000), usual.cookieThreshold()),
                section.get("fragment-size", Scalar.number(576, 65535), usual.fragmentSize()));
    }

    private static LogSettings log(Section section) {
        LogSettings usual = LogSettings.DEFAULT;
        return new LogSettings(
                section.get("format", Scalar.choice(Format.class), usual.format()),
                section.get("level", Scalar.choice(Level.class), usual.level()));
    }
}
