package org.homeport.daemon;

import java.net.SocketException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.homeport.aaa.AaaAuthorizer;
import org.homeport.aaa.AaaBackend;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.EmbeddedAaa;
import org.homeport.aaa.accounting.AccountingSink;
import org.homeport.aaa.accounting.radius.RadiusAccountingSink;
import org.homeport.aaa.dynauth.DynamicAuthorizationSettings;
import org.homeport.aaa.dynauth.NasIdentity;
import org.homeport.aaa.radius.RadiusClient;
import org.homeport.aaa.radius.RadiusServerView;
import org.homeport.aaa.radius.eap.ConflictCounts;
import org.homeport.aaa.radius.eap.NasSettings;
import org.homeport.aaa.route.RealmAuthorizer;
import org.homeport.aaa.route.RealmRouter;
import org.homeport.daemon.config.AaaSettings;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.ListenSettings;
import org.homeport.kit.IpAddress;
import org.homeport.kit.RandomSource;

/**
 * Who judges peers: the embedded AAA, RADIUS servers, or either by realm. Realms and servers may become other ones while
 * this runs.
 */
final class AaaSide implements AutoCloseable {
    /** For conversations and records that are under way with servers as they were before. */
    private static final Duration FAREWELL = Duration.ofMinutes(1);

    private final AaaSettings first;
    private final NasSettings nas;
    private final RealmTable.Maker maker;
    private final RandomSource random;
    private final AaaBackend backend;
    private final AaaAuthorizer authorizer;
    private final Set<String> accountedRoutes;
    /** The servers that each route had last, whether or not it is still there. */
    private final Map<String, List<String>> owed;

    private final Set<RadiusClient> retired = ConcurrentHashMap.newKeySet();
    private volatile RealmTable current;
    private volatile AccountingSink sink;

    private AaaSide(AaaSettings settings, NasSettings nas, RealmTable.Maker maker, RealmTable table) {
        this.first = settings;
        this.nas = nas;
        this.maker = maker;
        this.random = maker.random();
        this.current = table;
        this.accountedRoutes = table.pools().keySet();
        this.owed = new HashMap<>(table.pools());
        this.sink = sink();
        this.backend = new RealmRouter(() -> current.routes(), random);
        this.authorizer = new RealmAuthorizer(() -> current.table());
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
        Optional<EmbeddedAaa> embedded = Optional.empty();
        if (settings.embedded().isPresent()) {
            ExecutorService steps = Executors.newVirtualThreadPerTaskExecutor();
            parts.add(new HomeportDaemon.Part("AAA", steps));
            embedded = Optional.of(
                    EmbeddedUsers.open(settings.embedded().orElseThrow(), configuration, clock, random, steps));
        }
        NasSettings nas = nas(settings, configuration);
        RealmTable.Maker maker =
                new RealmTable.Maker(embedded, nas, settings.outerIdentity(), sessions, new ConflictCounts(), random);
        AaaSide side = new AaaSide(settings, nas, maker, maker.make(settings, client(settings, random)));
        parts.add(new HomeportDaemon.Part("RADIUS", side));
        return side;
    }

    private static Optional<RadiusClient> client(AaaSettings settings, RandomSource random)
            throws StartFailedException {
        return settings.servers().isEmpty()
                ? Optional.empty()
                : Optional.of(RadiusServers.open(settings.servers(), settings.patience(), random));
    }

    AaaBackend backend() {
        return backend;
    }

    /** For peers that prove themselves without EAP. */
    AaaAuthorizer authorizer() {
        return authorizer;
    }

    List<RadiusServerView> servers() {
        return current.client().map(RadiusClient::servers).orElse(List.of());
    }

    /** RADIUS servers of a route, in order of priority. */
    List<String> serversOf(String route) {
        return current.pools().getOrDefault(route, List.of());
    }

    /** Whether RADIUS servers are told what sessions cost. */
    enum Accounted {
        YES,
        NO
    }

    /**
     * Other realms and servers from now on; sessions stay as they are. Whoever is being authenticated by a realm that is
     * gone is refused at its next packet.
     *
     * @param accounted whether new routes would be owed accounting, whose queues are made at the start alone
     * @throws StartFailedException naming what is wrong; nothing has changed then
     */
    synchronized void reload(AaaSettings settings, Accounted accounted) throws StartFailedException {
        if (!settings.embedded().equals(first.embedded()) || !settings.nas().equals(first.nas())) {
            throw new StartFailedException(
                    "the embedded AAA and aaa.nas cannot change while homeport runs: restart it");
        }
        RealmTable after = maker.make(settings, client(settings, random));
        Set<String> fresh = new TreeSet<>(after.pools().keySet());
        fresh.removeAll(accountedRoutes);
        if (accounted == Accounted.YES && !fresh.isEmpty()) {
            after.client().ifPresent(RadiusClient::close);
            throw new StartFailedException("aaa.realms: " + String.join(", ", fresh)
                    + ": a realm that gets RADIUS servers anew has no queue for its accounting yet: restart homeport");
        }
        owed.putAll(after.pools());
        current.client().ifPresent(this::retire);
        current = after;
        sink = sink();
    }

    private void retire(RadiusClient client) {
        retired.add(client);
        CompletableFuture.delayedExecutor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    retired.remove(client);
                    client.close();
                });
    }

    /** What is owed to a realm that is gone is still delivered, as long as its servers are there. */
    private AccountingSink sink() {
        return current.client()
                .<AccountingSink>map(client -> RadiusAccountingSink.over(nas, client, owed))
                .orElse((route, record, delay) -> CompletableFuture.completedFuture(
                        new AccountingSink.Delivery.Failed("no RADIUS server is configured")));
    }

    @Override
    public void close() {
        retired.forEach(RadiusClient::close);
        current.client().ifPresent(RadiusClient::close);
    }

    /** How we present ourselves to RADIUS servers. */
    private static NasSettings nas(AaaSettings settings, Configuration configuration) {
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
        return side.filter(aaa -> aaa.current.client().isPresent())
                .map(aaa -> new AccountingSide.Aaa(
                        aaa.nas.identifier(),
                        (route, record, delay) -> aaa.sink.deliver(route, record, delay),
                        aaa.accountedRoutes,
                        identity -> AccountingSide.byRealm(aaa.current.routes()).apply(identity)))
                .orElseGet(
                        () -> AccountingSide.Aaa.none(configuration.identity().toString()));
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
        return new DynamicAuthorizationSettings(
                settings.listen(), clients, settings.window(), new NasIdentity(identifier, addresses(configuration)));
    }

    /** Whose sessions a client may name, by its name; those that may name all have no entry. */
    static Map<String, Set<String>> orderRoutes(Configuration configuration) {
        Map<String, Set<String>> routes = new HashMap<>();
        configuration
                .dynamicAuthorization()
                .ifPresent(settings -> settings.clients().stream()
                        .filter(client -> !client.realms().isEmpty())
                        .forEach(client -> routes.put(client.name(), Set.copyOf(client.realms()))));
        return routes;
    }

    /** That an order may name us by: who listens on all that the host has may be known by any of it. */
    private static List<IpAddress> addresses(Configuration configuration) throws StartFailedException {
        List<IpAddress> own =
                configuration.listen().stream().map(ListenSettings::address).toList();
        if (own.stream().noneMatch(IpAddress::isUnspecified)) {
            return own;
        }
        try {
            return Stream.concat(own.stream().filter(address -> !address.isUnspecified()), Host.addresses().stream())
                    .distinct()
                    .toList();
        } catch (SocketException e) {
            throw new StartFailedException("dynamic-authorization: the addresses of this host: " + e.getMessage());
        }
    }
}
