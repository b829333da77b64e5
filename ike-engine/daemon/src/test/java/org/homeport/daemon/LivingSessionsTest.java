package org.homeport.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.AaaProfile;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.authorize.MobilityService;
import org.homeport.aaa.dynauth.Change;
import org.homeport.aaa.dynauth.SessionView;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.session.Event;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Path;
import org.homeport.core.session.SessionSummary;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.junit.jupiter.api.Test;

/** Sessions as those see them that send orders (RFC 5176). */
class LivingSessionsTest {
    private static final String CLAIMED = "claimed@example.org";
    private static final Optional<Duration> HOUR = Optional.of(Duration.ofHours(1));
    private static final Optional<List<String>> SILVER = Optional.of(List.of("silver"));

    private final Grants grants = new Grants();
    private final List<Event.Command> commands = new ArrayList<>();
    private final List<SessionSummary> sessions = new ArrayList<>();

    private final LivingSessions living = new LivingSessions(
            new LivingSessions.Source() {
                @Override
                public CompletionStage<List<SessionSummary>> sessions() {
                    return CompletableFuture.completedStage(sessions);
                }

                @Override
                public CompletionStage<Boolean> command(String session, Event.Command command) {
                    commands.add(command);
                    return CompletableFuture.completedStage(true);
                }
            },
            grants,
            new AccountingIds("b007"),
            Optional.empty(),
            "ha.example.org",
            new MobilityService(List.of()),
            Map.of("home", Set.of("example.org")));

    private void session(String id, String authenticated) {
        Endpoint agent = new Endpoint(IpAddress.parse("2001:db8:2::1"), 500);
        Endpoint node = new Endpoint(IpAddress.parse("2001:db8:77::2"), 500);
        sessions.add(new SessionSummary(
                id,
                "nodes",
                PeerIdentity.parse(CLAIMED),
                Authorization.of(authenticated),
                new Path(agent, node, Framing.PLAIN),
                1,
                2,
                "suite",
                List.of(),
                List.of(),
                List.of(),
                Optional.empty()));
    }

    private void granted(String id, String authenticated, Grants.Proof proof, String route) {
        session(id, authenticated);
        AaaGrant grant =
                new AaaGrant(authenticated, Optional.empty(), List.of(), List.of(), List.of(), AaaProfile.of(route));
        grants.expect(id);
        grants.put(id, new Grants.Granted(grant, "TTLS", proof, "nodes"));
    }

    private List<String> userNames() {
        return views().getFirst().userNames();
    }

    private List<SessionView> views() {
        return views("anybody");
    }

    private List<SessionView> views(String client) {
        return living.living(client).toCompletableFuture().join();
    }

    private boolean change(String id, Change change) {
        return living.change(id, change).toCompletableFuture().join();
    }

    @Test
    void nameThatAPeerOnlyClaimedWithEapIsNotItsName() {
        granted("s1", "alice@example.org", Grants.Proof.BY_AAA, "example.org");
        assertThat(userNames()).containsExactly("alice@example.org");
    }

    @Test
    void nameThatAPeerProvedToUsIsItsNameBesideWhatAaaCallsIt() {
        granted("s1", "user-17", Grants.Proof.BY_US, "example.org");
        assertThat(userNames()).containsExactly("user-17", CLAIMED);
    }

    @Test
    void peerThatNoAaaWasAskedAboutHasTheNameThatItProved() {
        session("s1", CLAIMED);
        assertThat(userNames()).containsExactly(CLAIMED);
    }

    @Test
    void clientOfARealmMayNameThatRealmsSessionsAlone() {
        granted("s1", "alice@example.org", Grants.Proof.BY_AAA, "example.org");
        granted("s2", "bob@example.com", Grants.Proof.BY_AAA, "example.com");
        session("s3", CLAIMED);
        assertThat(views("home")).extracting(SessionView::id).containsExactly("s1");
        assertThat(views("anybody")).extracting(SessionView::id).containsExactly("s1", "s2", "s3");
    }

    @Test
    void changeIsMadeAsAWhole() {
        granted("s1", "alice@example.org", Grants.Proof.BY_AAA, "example.org");
        assertThat(change("s1", new Change(HOUR, SILVER))).isTrue();
        assertThat(commands).containsExactly(new Event.Command.Authorize(HOUR));
        assertThat(grants.find("s1").orElseThrow().grant().groups()).containsExactly("silver");
    }

    @Test
    void changeOfFiltersThatNobodyGrantedIsNotMadeByHalves() {
        session("s1", CLAIMED);
        assertThat(change("s1", new Change(HOUR, SILVER))).isFalse();
        assertThat(commands).isEmpty();
    }

    @Test
    void sessionThatNoAaaWasAskedAboutMayBeShortened() {
        session("s1", CLAIMED);
        assertThat(change("s1", new Change(HOUR, Optional.empty()))).isTrue();
        assertThat(commands).containsExactly(new Event.Command.Authorize(HOUR));
    }
}
