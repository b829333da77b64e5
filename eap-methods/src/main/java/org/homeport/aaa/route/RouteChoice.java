package org.homeport.aaa.route;

import java.util.Optional;
import org.homeport.eap.Nai;

/** Where a name leads. */
public sealed interface RouteChoice {
    /** @param name the peer's, its decoration undone */
    record Found(RealmRoute.Served route, Optional<Nai> name) implements RouteChoice {}

    /** @param reason for the operator */
    record Nowhere(String reason) implements RouteChoice {}
}
