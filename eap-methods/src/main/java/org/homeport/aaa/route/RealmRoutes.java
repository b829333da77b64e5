package org.homeport.aaa.route;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.homeport.eap.Nai;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/**
 * The table of realms (RFC 7542 section 3).
 *
 * @param byRealm realms, and Windows domains, with their routes
 * @param others the route of all other realms, and of names without a realm where there is no default
 * @param defaultRealm whose route names without a realm take
 * @param own the realms that we are: decorated names are undone there
 */
public record RealmRoutes(
        Map<Realm, RealmRoute> byRealm, RealmRoute others, Optional<Realm> defaultRealm, Set<Realm> own) {
    public RealmRoutes {
        byRealm = Map.copyOf(byRealm);
        own = Set.copyOf(own);
    }

    /** All peers to one backend. */
    public static RealmRoutes all(RealmRoute route) {
        return new RealmRoutes(Map.of(), route, Optional.empty(), Set.of());
    }

    /** @param name empty for a peer that says no user name at all: it has no realm either */
    public RouteChoice choose(Optional<Nai> name) {
        Optional<Nai> undone = name.map(one -> Decoration.undo(one, own));
        Optional<Realm> realm = undone.flatMap(this::realm);
        return switch (routeOf(realm)) {
            case RealmRoute.Served served -> new RouteChoice.Found(served, undone);
            case RealmRoute.Refused refused -> new RouteChoice.Nowhere(why(realm));
        };
    }

    /**
     * Why a name is none of a route's: an AAA may speak for its own realms only, whoever else speaks for the others, or
     * nobody. Names without a realm belong to the default realm, as they do when peers say them.
     *
     * @param route the one that the name came by
     * @return empty if the route, or one that shares a server with it, has the name's realm
     */
    Optional<String> objectionTo(String identity, RealmRoute.Served route) {
        Optional<Realm> realm;
        try {
            realm = realm(Nai.of(Octets.utf8(identity)));
        } catch (WireException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return switch (routeOf(realm)) {
            case RealmRoute.Served owner ->
                Collections.disjoint(owner.servers(), route.servers())
                        ? Optional.of("its realm is that of route " + owner.name())
                        : Optional.empty();
            case RealmRoute.Refused refused -> Optional.of(why(realm));
        };
    }

    /** A Windows domain counts only where it is configured: it may well be the name of the peer's own machine. */
    private Optional<Realm> realm(Nai name) {
        return name.realm()
                .map(Realm::new)
                .or(() -> name.windowsDomain().map(Realm::new).filter(byRealm::containsKey));
    }

    private RealmRoute routeOf(Optional<Realm> realm) {
        return realm.or(() -> defaultRealm)
                .map(one -> byRealm.getOrDefault(one, others))
                .orElse(others);
    }

    private String why(Optional<Realm> realm) {
        if (realm.isPresent()) {
            return byRealm.containsKey(realm.get())
                    ? "peers of the realm '" + realm.get() + "' are refused by configuration"
                    : "the realm '" + realm.get() + "' has no route; configured are " + known();
        }
        return defaultRealm
                .map(missing -> "a name without a realm; default-realm is '" + missing + "', "
                        + (byRealm.containsKey(missing)
                                ? "whose peers are refused by configuration"
                                : "which has no route; configured are " + known()))
                .orElseGet(() -> "a name without a realm, and no default-realm is configured; realms are " + known());
    }

    private String known() {
        Collection<Realm> served = byRealm.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof RealmRoute.Served)
                .map(Map.Entry::getKey)
                .toList();
        return served.isEmpty()
                ? "none"
                : served.stream().map(Realm::key).sorted().collect(Collectors.joining(", "));
    }
}
