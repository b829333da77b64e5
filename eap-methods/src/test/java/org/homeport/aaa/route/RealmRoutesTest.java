package org.homeport.aaa.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.eap.Nai;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealmRoutesTest {
    private static final RealmRoute HOME = served("home");
    private static final RealmRoute PARTNER = served("partner");
    private static final RealmRoute ELSE = served("else");
    private static final RealmRoute REFUSED = new RealmRoute.Refused();

    private final RealmRoutes routes = new RealmRoutes(
            Map.of(
                    realm("home.example"), HOME,
                    realm("partner.example"), PARTNER,
                    realm("BIGCO"), PARTNER,
                    realm("δοκιμή.example"), PARTNER,
                    realm("gone.example"), REFUSED),
            ELSE,
            Optional.of(realm("home.example")),
            Set.of(realm("visited.example"), realm("home.example")));

    @ParameterizedTest
    @CsvSource({
        "alice@home.example, home",
        "alice@HOME.Example, home",
        "@partner.example, partner",
        "anonymous@partner.example, partner",
        "alice, home",
        "bob@partner.example@home.example, home",
        "bob@sub.partner.example, else",
        "bob@unknown.example, else",
        "bob@, home",
        "bigco\\bob, partner",
        "LAPTOP-7\\bob, home",
        "bigco\\bob@home.example, home",
        "bob@δοκιμή.example, partner",
        // One letter in two code points: the same after normalization.
        "bob@δοκιμη\u0301.example, partner",
    })
    void realmDecides(String name, String route) {
        assertThat(found(name).route().name()).isEqualTo(route);
    }

    /** The name that RFC 7542 section 3.3.1 would have forwarded. */
    @ParameterizedTest
    @CsvSource({
        "partner.example!bob@visited.example, bob@partner.example, partner",
        "home.example!partner.example!bob@visited.example, bob@partner.example, partner",
        "unknown.example!partner.example!bob@visited.example, partner.example!bob@unknown.example, else",
        "Partner.Example!@VISITED.example, @Partner.Example, partner",
        // Not ours to undo, no realm in front, or no decoration at all.
        "home.example!bob@partner.example, home.example!bob@partner.example, partner",
        "bob!carol@visited.example, bob!carol@visited.example, else",
        "!bob@visited.example, !bob@visited.example, else",
        "partner.example\\!bob@visited.example, partner.example\\!bob@visited.example, else",
        "partner.example!bob, partner.example!bob, home",
    })
    void decorationOfOurRealmsIsUndone(String name, String undone, String route) {
        assertThat(found(name).name()).contains(new Nai(undone));
        assertThat(found(name).route().name()).isEqualTo(route);
    }

    @Test
    void peersWithoutAnyNameTakeTheDefaultRealm() {
        assertThat(routes.choose(Optional.empty()))
                .isEqualTo(new RouteChoice.Found((RealmRoute.Served) HOME, Optional.empty()));
    }

    @Test
    void refusalSaysWhy() {
        assertThat(why(routes, "bob@gone.example"))
                .isEqualTo("peers of the realm 'gone.example' are refused by configuration");
        RealmRoutes strict = new RealmRoutes(
                Map.of(realm("b.example"), HOME, realm("a.example"), HOME), REFUSED, Optional.empty(), Set.of());
        assertThat(why(strict, "bob@c.example"))
                .isEqualTo("the realm 'c.example' has no route; configured are a.example, b.example");
        assertThat(why(strict, "bob"))
                .isEqualTo(
                        "a name without a realm, and no default-realm is configured; realms are a.example, b.example");
        RealmRoutes dangling = new RealmRoutes(Map.of(), REFUSED, Optional.of(realm("d.example")), Set.of());
        assertThat(why(dangling, "bob"))
                .isEqualTo(
                        "a name without a realm; default-realm is 'd.example', which has no route; configured are none");
    }

    @Test
    void withoutDefaultRealmBareNamesGoWhereOthersGo() {
        assertThat(RealmRoutes.all(HOME).choose(Optional.of(new Nai("alice"))))
                .isEqualTo(new RouteChoice.Found((RealmRoute.Served) HOME, Optional.of(new Nai("alice"))));
    }

    /** What lower case turns into ASCII elsewhere is another realm here. */
    @Test
    void onlyAsciiIsComparedWithoutCase() {
        assertThat(realm("\u0130.example")).isNotEqualTo(realm("i\u0307.example"));
        assertThat(realm("\u0391.example")).isNotEqualTo(realm("\u03b1.example"));
    }

    private RouteChoice.Found found(String name) {
        return (RouteChoice.Found) routes.choose(Optional.of(new Nai(name)));
    }

    private static String why(RealmRoutes routes, String name) {
        return ((RouteChoice.Nowhere) routes.choose(Optional.of(new Nai(name)))).reason();
    }

    private static Realm realm(String text) {
        return new Realm(text);
    }

    private static RealmRoute served(String name) {
        return new RealmRoute.Served(name, new ScriptedBackend());
    }
}
