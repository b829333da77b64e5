package org.homeport.daemon;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;
import org.homeport.aaa.AaaBackend;
import org.homeport.aaa.AaaProfile;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.accounting.radius.RadiusAccountingSink;
import org.homeport.aaa.dynauth.DynamicAuthorizationSettings;
import org.homeport.aaa.dynauth.NasIdentity;
import org.homeport.aaa.radius.PoolExchange;
import org.homeport.aaa.radius.RadiusClient;
import org.homeport.aaa.radius.RadiusServerSettings;
import org.homeport.aaa.radius.RadiusServerSettings.Probing;
import org.homeport.aaa.radius.RadiusServerView;
import org.homeport.aaa.radius.eap.ConflictCounts;
import org.homeport.aaa.radius.eap.NasSettings;
import org.homeport.aaa.radius.eap.RadiusBackend;
import org.homeport.aaa.route.Realm;
import org.homeport.aaa.route.RealmRoute;
import org.homeport.aaa.route.RealmRouter;
import org.homeport.aaa.route.RealmRoutes;
import org.homeport.crypto.JdkCredentials;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.daemon.config.AaaSettings;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.EmbeddedSettings;
import org.homeport.daemon.config.ListenSettings;
import org.homeport.daemon.config.RealmSettings;
import org.homeport.daemon.config.RealmSettings.Answerer;
import org.homeport.daemon.config.ServerSettings;
import org.homeport.daemon.config.ServerSettings.Transport;
import org.homeport.eap.EapLimits;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.RandomSource;

/**
 * Who judges peers: the embedded AAA, RADIUS servers, or either by realm.
 *
 * @param routes by which a peer's realm finds its AAA
 * @param pools RADIUS servers of each route, in order of priority
 */
record AaaSide(
        AaaBackend backend,
        RealmRoutes routes,
        Optional<RadiusClient> client,
        Map<String, List<String>> pools,
        ConflictCounts conflicts) {
    /** Answers may be as long as RADIUS lets them. */
    private static final EapLimits LIMITS = EapLimits.DEFAULT;

    AaaSide {
        pools = Map.copyOf(pools);
    }

    /** @param parts gets what has to be ended */
    static AaaSide open(
            AaaSettings settings,
            Configuration configuration,
            AccountingIds sessions,
            InstantSource clock,
            RandomSource random,
            Deque<HomeportDaemon.Part> parts)
            throws StartFailedException {
        return new Opening(settings, configuration, sessions, clock, random, parts).open();
    }

    List<RadiusServerView> servers() {
        return client.map(RadiusClient::servers).orElse(List.of());
    }

    /** How we present ourselves to RADIUS servers. */
    static NasSettings nas(AaaSettings settings, Configuration configuration) {
        List<IpAddress> own =
                configuration.listen().stream().map(ListenSettings::address).toList();
        String identity = configuration.identity().toString();
        return new NasSettings(
                settings.nas().identifier().orElse(identity),
                own.stream().filter(a -> !a.isV6() && !a.isUnspecified()).findFirst(),
                own.stream().filter(a -> a.isV6() && !a.isUnspecified()).findFirst(),
                Optional.of(identity),
                settings.nas().operatorName(),
                NasSettings.framedMtu(configuration.limits().fragmentSize()),
                OptionalLong.of(NasSettings.LOCAL_HOME_AGENT_ASSIGNMENT));
    }

    /** Where accounting goes: to the servers of each peer's route. */
    static AccountingSide.Aaa accounting(Optional<AaaSide> side, Configuration configuration) {
        String identity = configuration.identity().toString();
        if (side.isEmpty() || side.get().client().isEmpty()) {
            return AccountingSide.Aaa.none(identity);
        }
        NasSettings nas = nas(configuration.aaa().orElseThrow(), configuration);
        return new AccountingSide.Aaa(
                nas.identifier(),
                RadiusAccountingSink.over(
                        nas, side.get().client().get(), side.get().pools()),
                side.get().pools().keySet(),
                AccountingSide.byRealm(side.get().routes()));
    }

    /** Whose orders are taken. @throws StartFailedException naming the secret that cannot be read */
    static DynamicAuthorizationSettings orders(
            org.homeport.daemon.config.DynamicAuthorizationSettings settings, Configuration configuration)
            throws StartFailedException {
        List<DynamicAuthorizationSettings.Client> clients = new ArrayList<>();
        for (var client : settings.clients()) {
            clients.add(new DynamicAuthorizationSettings.Client(
                    client.name(), client.addresses(), SharedKeyFile.read("shared secret", client.secret())));
        }
        String identifier = configuration
                .aaa()
                .flatMap(aaa -> aaa.nas().identifier())
                .orElse(configuration.identity().toString());
        List<IpAddress> addresses =
                configuration.listen().stream().map(ListenSettings::address).toList();
        return new DynamicAuthorizationSettings(
                settings.listen(), clients, settings.window(), new NasIdentity(identifier, addresses));
    }

    /** A server with its secret or certificates. @throws StartFailedException naming the file and what is wrong with it */
    static RadiusServerSettings server(ServerSettings server) throws StartFailedException {
        try {
            return new RadiusServerSettings(
                    server.name(),
                    new Endpoint(server.address(), server.port()),
                    new Endpoint(server.address(), server.accountingPort()),
                    transport(server.transport()),
                    server.source(),
                    server.retransmits(),
                    server.deadTime(),
                    switch (server.statusServer()) {
                        case YES -> Probing.STATUS_SERVER;
                        case NO -> Probing.NONE;
                    });
        } catch (KeyMaterialException e) {
            throw new StartFailedException("RADIUS server " + server.name() + ": " + e.getMessage());
        }
    }

    private static RadiusServerSettings.Transport transport(Transport transport)
            throws StartFailedException, KeyMaterialException {
        return switch (transport) {
            case Transport.Udp(var secret) ->
                new RadiusServerSettings.Transport.Udp(SharedKeyFile.read("shared secret", secret));
            case Transport.Tls(var name, var certificate, var key, var anchors) -> {
                JdkCredentials own = JdkCredentials.load(certificate, key);
                List<X509Certificate> trusted = new ArrayList<>();
                for (var anchor : anchors) {
                    trusted.addAll(JdkCredentials.certificates(anchor));
                }
                yield new RadiusServerSettings.Transport.Tls(name, own.chain(), own.key(), trusted);
            }
        };
    }

    private record Opening(
            AaaSettings settings,
            Configuration configuration,
            AccountingIds sessions,
            InstantSource clock,
            RandomSource random,
            Deque<HomeportDaemon.Part> parts) {
        AaaSide open() throws StartFailedException {
            Optional<AaaBackend> embedded = settings.embedded().isPresent()
                    ? Optional.of(embedded(settings.embedded().orElseThrow()))
                    : Optional.empty();
            Optional<RadiusClient> client = settings.servers().isEmpty() ? Optional.empty() : Optional.of(client());
            ConflictCounts conflicts = new ConflictCounts();
            Map<String, List<String>> pools = new LinkedHashMap<>();
            RealmRoutes routes = routes(embedded, client, conflicts, pools);
            return new AaaSide(new RealmRouter(() -> routes, random), routes, client, pools, conflicts);
        }

        private AaaBackend embedded(EmbeddedSettings embedded) throws StartFailedException {
            ExecutorService steps = Executors.newVirtualThreadPerTaskExecutor();
            parts.add(new HomeportDaemon.Part("AAA", steps));
            return EmbeddedUsers.open(embedded, configuration, clock, random, steps);
        }

        private RadiusClient client() throws StartFailedException {
            List<RadiusServerSettings> servers = new ArrayList<>();
            for (ServerSettings server : settings.servers()) {
                servers.add(server(server));
            }
            try {
                RadiusClient client = RadiusClient.open(servers, settings.patience(), random);
                parts.add(new HomeportDaemon.Part("RADIUS", client));
                return client;
            } catch (SSLException e) {
                throw new StartFailedException(String.valueOf(e.getMessage()));
            }
        }

        private RealmRoutes routes(
                Optional<AaaBackend> embedded,
                Optional<RadiusClient> client,
                ConflictCounts conflicts,
                Map<String, List<String>> pools) {
            Map<Realm, RealmRoute> byRealm = new HashMap<>();
            RealmRoute others = new RealmRoute.Refused();
            List<RealmSettings> realms = settings.realms().isEmpty() ? everybody() : settings.realms();
            for (RealmSettings realm : realms) {
                RealmRoute route = switch (realm.by()) {
                    case Answerer.Nobody nobody -> new RealmRoute.Refused();
                    case Answerer.Embedded here -> new RealmRoute.Served(AaaProfile.EMBEDDED, embedded.orElseThrow());
                    case Answerer.Servers(List<String> names) -> {
                        pools.put(realm.realm(), names);
                        yield new RealmRoute.Served(
                                realm.realm(),
                                radius(realm.realm(), names, client.orElseThrow(), conflicts),
                                Set.copyOf(names));
                    }
                };
                if (realm.realm().equals(RealmSettings.OTHERS)) {
                    others = route;
                } else {
                    byRealm.put(new Realm(realm.realm()), route);
                }
            }
            // Names are decorated with a way through us: by our own name, or by a realm that is at home here.
            Set<Realm> own = new HashSet<>();
            settings.nas().operatorName().map(Realm::new).ifPresent(own::add);
            realms.stream()
                    .filter(realm -> realm.by() instanceof Answerer.Embedded)
                    .map(realm -> new Realm(realm.realm()))
                    .forEach(own::add);
            return new RealmRoutes(byRealm, others, settings.defaultRealm().map(Realm::new), own);
        }

        private AaaBackend radius(String route, List<String> pool, RadiusClient client, ConflictCounts conflicts) {
            return new RadiusBackend(
                    new RadiusBackend.Settings(route, nas(settings, configuration), LIMITS),
                    () -> new PoolExchange(client::exchange, pool),
                    sessions,
                    conflicts,
                    random);
        }

        /** Without realms: all servers in their order, or the embedded AAA if there are none. */
        private List<RealmSettings> everybody() {
            return List.of(new RealmSettings(
                    RealmSettings.OTHERS,
                    settings.servers().isEmpty()
                            ? new Answerer.Embedded()
                            : new Answerer.Servers(settings.servers().stream()
                                    .map(ServerSettings::name)
                                    .toList())));
        }
    }
}
