package org.homeport.aaa.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.homeport.aaa.AaaAuthorizer;
import org.homeport.aaa.AaaAuthorizer.Answer;
import org.homeport.aaa.AaaAuthorizer.Question;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.AaaProfile;
import org.homeport.aaa.ClaimedIdentity;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

/** Peers with certificate or key, brought to the AAA of their realm. */
class RealmAuthorizerTest {
    private final List<String> asked = new ArrayList<>();
    private Answer home = granted("alice@home.example", "home");
    private Answer partner = granted("bob@partner.example", "partner");
    private final AtomicReference<RealmAuthorizer.Table> table = new AtomicReference<>(table(
            Map.of("home", question -> said("home", question, home), "partner", q -> said("partner", q, partner))));
    private final RealmAuthorizer authorizer = new RealmAuthorizer(table::get);

    private static RealmAuthorizer.Table table(Map<String, AaaAuthorizer> byRoute) {
        return new RealmAuthorizer.Table(
                new RealmRoutes(
                        Map.of(
                                new Realm("home.example"),
                                new RealmRoute.Served("home", new ScriptedBackend()),
                                new Realm("partner.example"),
                                new RealmRoute.Served("partner", new ScriptedBackend())),
                        new RealmRoute.Refused(),
                        Optional.empty(),
                        Set.of(new Realm("home.example"))),
                byRoute);
    }

    private CompletableFuture<Answer> said(String route, Question question, Answer answer) {
        asked.add(route + " " + question.identity().data().utf8());
        return CompletableFuture.completedFuture(answer);
    }

    private static Answer granted(String identity, String route) {
        return new Answer.Granted(
                new AaaGrant(identity, Optional.empty(), List.of(), List.of(), List.of(), AaaProfile.of(route)),
                Optional.empty());
    }

    private Answer authorize(ClaimedIdentity identity) {
        return authorizer
                .authorize(new Question("s1", identity, "CERTIFICATE", Optional.empty()))
                .toCompletableFuture()
                .join();
    }

    private String refused(ClaimedIdentity identity) {
        assertThat(authorize(identity)).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused) authorize(identity)).reason();
    }

    @Test
    void realmDecidesWhoIsAsked() {
        assertThat(authorize(ClaimedIdentity.nai("alice@home.example"))).isEqualTo(home);
        assertThat(authorize(ClaimedIdentity.nai("bob@PARTNER.example"))).isEqualTo(partner);
        assertThat(asked).containsExactly("home alice@home.example", "partner bob@PARTNER.example");
    }

    @Test
    void decoratedNameIsUndoneBeforeSomebodyIsAsked() {
        authorize(ClaimedIdentity.nai("partner.example!bob@home.example"));
        assertThat(asked).containsExactly("partner bob@partner.example");
    }

    @Test
    void realmWithoutAgreementIsRefused() {
        assertThat(refused(ClaimedIdentity.nai("eve@nowhere.example"))).contains("nowhere.example", "no route");
        assertThat(asked).isEmpty();
    }

    @Test
    void namesThatAreNoneAreRefused() {
        assertThat(refused(new ClaimedIdentity(ClaimedIdentity.Kind.NAI, Octets.utf8("a\0@home.example"))))
                .startsWith("identity refused");
        assertThat(refused(new ClaimedIdentity(ClaimedIdentity.Kind.OPAQUE, Octets.of(0x30, 0))))
                .contains("a name without a realm");
    }

    @Test
    void aaaCannotAuthorizeAPeerAsOneOfAnotherRealm() {
        partner = granted("alice@home.example", "partner");
        assertThat(refused(ClaimedIdentity.nai("bob@partner.example")))
                .contains("route partner", "alice@home.example", "route home");
    }

    @Test
    void aaaCannotAuthorizeAPeerAsOneOfNobodysRealm() {
        for (String name : List.of("bob@inner.example", "bob", "CORP\\bob")) {
            partner = granted(name, "partner");
            assertThat(refused(ClaimedIdentity.nai("bob@partner.example"))).contains("route partner", "'" + name + "'");
        }
    }

    @Test
    void realmsOfAllOthersAndRefusedOnesAreNotAPartnersEither() {
        RealmRoute served = new RealmRoute.Served("partner", new ScriptedBackend());
        table.set(new RealmAuthorizer.Table(
                new RealmRoutes(
                        Map.of(
                                new Realm("partner.example"),
                                served,
                                new Realm("gone.example"),
                                new RealmRoute.Refused()),
                        new RealmRoute.Served("home", new ScriptedBackend()),
                        Optional.of(new Realm("partner.example")),
                        Set.of()),
                Map.of("partner", question -> said("partner", question, partner))));
        partner = granted("eve@inner.example", "partner");
        assertThat(refused(ClaimedIdentity.nai("bob@partner.example"))).contains("route home");
        partner = granted("eve@gone.example", "partner");
        assertThat(refused(ClaimedIdentity.nai("bob@partner.example"))).contains("refused by configuration");
        partner = granted("bob", "partner");
        assertThat(authorize(ClaimedIdentity.nai("bob@partner.example"))).isEqualTo(partner);
    }

    @Test
    void otherNamesOfItsPeersAreTheAaasOwnAffair() {
        partner = granted("robert@partner.example", "partner");
        assertThat(authorize(ClaimedIdentity.nai("bob@partner.example"))).isEqualTo(partner);
    }

    @Test
    void routeThatKnowsNothingButEapRefuses() {
        table.set(table(Map.of()));
        assertThat(refused(ClaimedIdentity.nai("alice@home.example"))).contains("authorizes nobody without EAP");
    }
}
