package org.homeport.aaa.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.eap.Nai;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

class RealmRoutesFuzzTest {
    private static final RealmRoutes ROUTES = new RealmRoutes(
            Map.of(new Realm("a.example"), new RealmRoute.Served("a", new ScriptedBackend())),
            new RealmRoute.Refused(),
            Optional.empty(),
            Set.of(new Realm("v.example")));

    @FuzzTest(maxDuration = "60s")
    void onlyConfiguredRealmsAreFound(byte[] name) {
        Nai nai;
        try {
            nai = Nai.of(Octets.copyOf(name));
        } catch (WireException e) {
            return;
        }
        switch (ROUTES.choose(Optional.of(nai))) {
            case RouteChoice.Found found ->
                assertThat(found.name().orElseThrow().realm().map(Realm::new)).contains(new Realm("a.example"));
            case RouteChoice.Nowhere(String reason) -> assertThat(reason).isNotEmpty();
        }
    }
}
