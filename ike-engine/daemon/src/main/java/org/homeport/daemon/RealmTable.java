package org.homeport.daemon;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.aaa.AaaAuthorizer;
import org.homeport.aaa.AaaProfile;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.EmbeddedAaa;
import org.homeport.aaa.radius.PoolExchange;
import org.homeport.aaa.radius.RadiusClient;
import org.homeport.aaa.radius.eap.CallCheck;
import org.homeport.aaa.radius.eap.ConflictCounts;
import org.homeport.aaa.radius.eap.NasSettings;
import org.homeport.aaa.radius.eap.OuterIdentity;
import org.homeport.aaa.radius.eap.RadiusBackend;
import org.homeport.aaa.route.Realm;
import org.homeport.aaa.route.RealmAuthorizer;
import org.homeport.aaa.route.RealmRoute;
import org.homeport.aaa.route.RealmRoutes;
import org.homeport.daemon.config.AaaSettings;
import org.homeport.daemon.config.RealmSettings;
import org.homeport.daemon.config.RealmSettings.Answerer;
import org.homeport.daemon.config.ServerSettings;
import org.homeport.eap.EapLimits;
import org.homeport.kit.RandomSource;

/**
 * The configuration's realms with those who answer for them.
 *
 * @param pools RADIUS servers of each route, in order of priority
 */
record RealmTable(RealmAuthorizer.Table table, Optional<RadiusClient> client, Map<String, List<String>> pools) {
    RealmTable {
        pools = Map.copyOf(pools);
    }

    RealmRoutes routes() {
        return table.routes();
    }

    /**
     * What all tables have in common.
     *
     * @param embedded the AAA in this process
     */
    record Maker(
            Optional<EmbeddedAaa> embedded,
            NasSettings nas,
            OuterIdentity outerIdentity,
            AccountingIds sessions,
            ConflictCounts conflicts,
            RandomSource random) {
        /** Answers may be as long as RADIUS lets them. */
        private static final EapLimits LIMITS = EapLimits.DEFAULT;

        /** @param client of the settings' servers, if there are any */
        RealmTable make(AaaSettings settings, Optional<RadiusClient> client) {
            Map<String, List<String>> pools = new LinkedHashMap<>();
            Map<String, AaaAuthorizer> authorizers = new HashMap<>();
            Map<Realm, RealmRoute> byRealm = new HashMap<>();
            RealmRoute others = new RealmRoute.Refused();
            List<RealmSettings> realms = settings.realms().isEmpty() ? everybody(settings) : settings.realms();
            Set<Realm> own = own(settings, realms);
            for (RealmSettings realm : realms) {
                RealmRoute route = switch (realm.by()) {
                    case Answerer.Nobody nobody -> new RealmRoute.Refused();
                    case Answerer.Embedded here -> {
                        authorizers.put(AaaProfile.EMBEDDED, embedded.orElseThrow());
                        yield new RealmRoute.Served(AaaProfile.EMBEDDED, embedded.orElseThrow());
                    }
                    case Answerer.Servers(List<String> names) -> {
                        pools.put(realm.realm(), names);
                        authorizers.put(realm.realm(), callCheck(realm.realm(), names, client.orElseThrow()));
                        yield new RealmRoute.Served(
                                realm.realm(),
                                radius(realm.realm(), names, own, client.orElseThrow()),
                                Set.copyOf(names));
                    }
                };
                if (realm.realm().equals(RealmSettings.OTHERS)) {
                    others = route;
                } else {
                    byRealm.put(new Realm(realm.realm()), route);
                }
            }
            RealmRoutes routes =
                    new RealmRoutes(byRealm, others, settings.defaultRealm().map(Realm::new), own);
            return new RealmTable(new RealmAuthorizer.Table(routes, authorizers), client, pools);
        }

        /** Names are decorated with a way through us: by our own name, or by a realm that is at home here. */
        private static Set<Realm> own(AaaSettings settings, List<RealmSettings> realms) {
            Set<Realm> own = new HashSet<>();
            settings.nas().operatorName().map(Realm::new).ifPresent(own::add);
            realms.stream()
                    .filter(realm -> realm.by() instanceof Answerer.Embedded)
                    .map(realm -> new Realm(realm.realm()))
                    .forEach(own::add);
            return own;
        }

        private RadiusBackend radius(String route, List<String> pool, Set<Realm> own, RadiusClient client) {
            return new RadiusBackend(
                    new RadiusBackend.Settings(route, nas, LIMITS, own, outerIdentity),
                    () -> new PoolExchange(client::exchange, pool),
                    sessions,
                    conflicts,
                    random);
        }

        private CallCheck callCheck(String route, List<String> pool, RadiusClient client) {
            return new CallCheck(
                    new RadiusBackend.Settings(route, nas, LIMITS),
                    () -> new PoolExchange(client::exchange, pool),
                    sessions);
        }

        /** Without realms: all servers in their order, or the embedded AAA if there are none. */
        private static List<RealmSettings> everybody(AaaSettings settings) {
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
