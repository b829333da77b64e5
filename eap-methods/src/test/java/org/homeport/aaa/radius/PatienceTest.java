package org.homeport.aaa.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.homeport.aaa.radius.RadiusServerSettings.Probing;
import org.homeport.aaa.radius.RadiusServerView.Standing;
import org.homeport.aaa.radius.VirtualServers.Asked;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

/** What one Access-Request may cost, whoever is asked: 15 s; each server would wait 2 s, 4 s and 8 s. */
class PatienceTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final RadiusRequest REQUEST = RadiusRequest.access(List.of(), Optional.empty());

    private final VirtualServers world = new VirtualServers();
    private final List<RadiusOutcome> outcomes = new ArrayList<>();

    private ServerPools udp(String... names) {
        return world.pools(
                LIMIT,
                Stream.of(names).map(name -> world.udp(name, Probing.NONE)).toArray(RadiusServerSettings[]::new));
    }

    private String reason() {
        return ((RadiusOutcome.NoAnswer) outcomes.getLast()).reason();
    }

    @Test
    void silentServersCostTheLimitTogetherAndAreNamed() {
        udp("first", "second").exchange(List.of("first", "second"), REQUEST, outcomes::add);
        world.pass(Duration.ofMillis(7_499));
        assertThat(world.asked("second")).isEmpty();
        world.pass(Duration.ofMillis(1));
        assertThat(world.asked("second")).hasSize(1);
        world.pass(Duration.ofMillis(7_499));
        assertThat(outcomes).isEmpty();
        world.pass(Duration.ofMillis(1));
        assertThat(outcomes).hasSize(1);
        assertThat(reason())
                .isEqualTo("first did not answer within 7 s; second did not answer within 7 s;"
                        + " the request is given up after 15 s");
        world.pass(LIMIT);
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void eachOfThreeHasAThirdAndTheLastMayAnswer() {
        List<String> three = List.of("first", "second", "third");
        udp("first", "second", "third").exchange(three, REQUEST, outcomes::add);
        world.pass(Duration.ofSeconds(5));
        assertThat(world.asked("second")).hasSize(1);
        world.pass(Duration.ofSeconds(5));
        assertThat(world.asked("third")).hasSize(1);
        world.pass(Duration.ofMillis(4_900));
        world.asked("third").getFirst().accept();
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.Answer.class);
    }

    @Test
    void whatAServerLeavesUnusedGoesToTheNext() {
        ServerPools pools = world.pools(LIMIT, world.tls("first", Probing.NONE), world.udp("second", Probing.NONE));
        pools.exchange(List.of("first", "second"), REQUEST, outcomes::add);
        world.pass(Duration.ofSeconds(1));
        world.refuseLink("first", "Connection refused");
        world.pass(Duration.ofMillis(8_000));
        assertThat(world.asked("second")).hasSize(3);
        world.pass(Duration.ofMillis(6_000));
        assertThat(outcomes).hasSize(1);
        assertThat(reason()).startsWith("first Connection refused; second did not answer within 1");
    }

    @Test
    void serversThatAreDeadHaveNoShare() {
        ServerPools pools = udp("first", "second");
        pools.exchange(List.of("first"), REQUEST, outcomes::add);
        world.pass(LIMIT);
        assertThat(world.view(pools, "first").standing()).isEqualTo(Standing.DEAD);
        pools.exchange(List.of("first", "second"), REQUEST, outcomes::add);
        world.pass(Duration.ofSeconds(9));
        assertThat(world.asked("second")).hasSize(3);
        world.asked("second").getLast().accept();
        assertThat(outcomes.getLast()).isInstanceOf(RadiusOutcome.Answer.class);
    }

    @Test
    void trialOfADeadServerTakesOneWaitOfTheLimit() {
        ServerPools pools = udp("first", "second");
        pools.exchange(List.of("first"), REQUEST, outcomes::add);
        world.pass(Duration.ofSeconds(46));
        pools.exchange(List.of("first", "second"), REQUEST, outcomes::add);
        world.pass(Duration.ofMillis(2_200));
        assertThat(world.asked("second")).hasSize(1);
        world.pass(Duration.ofMillis(12_800));
        assertThat(outcomes).hasSize(2);
        assertThat(reason()).contains("first did not answer within", "second did not answer within 12 s");
    }

    /** A conversation has one server only, and all of the time. */
    @Test
    void conversationsServerHasItAll() {
        RadiusServerSettings slow = new RadiusServerSettings(
                "first",
                world.udp("first", Probing.NONE).authentication(),
                world.udp("first", Probing.NONE).accounting(),
                world.udp("first", Probing.NONE).transport(),
                Optional.empty(),
                List.of(Duration.ofSeconds(10), Duration.ofSeconds(60)),
                Duration.ofSeconds(30),
                Probing.NONE);
        ServerPools pools = world.pools(LIMIT, slow, world.udp("second", Probing.NONE));
        RadiusRequest held = RadiusRequest.access(List.of(), Optional.of("first"));
        pools.exchange(List.of("first", "second"), held, outcomes::add);
        world.pass(Duration.ofMillis(14_999));
        assertThat(outcomes).isEmpty();
        world.pass(Duration.ofMillis(1));
        assertThat(reason()).isEqualTo("first did not answer within 15 s; the request is given up after 15 s");
        assertThat(world.asked("second")).isEmpty();
    }

    /** One packet may be lost: a share of one wait makes a server suspect, and only a second one dead. */
    @Test
    void serverWhoseShareWasOneWaitIsSuspectAndNotDead() {
        String[] ten = IntStream.range(0, 10).mapToObj(i -> "s" + i).toArray(String[]::new);
        ServerPools pools = udp(ten);
        pools.exchange(List.of(ten), REQUEST, outcomes::add);
        world.pass(Duration.ofMillis(1_500));
        assertThat(world.view(pools, "s0").standing()).isEqualTo(Standing.SUSPECT);
        assertThat(world.asked("s1")).hasSize(1);
        world.pass(Duration.ofMillis(13_500));
        assertThat(outcomes).hasSize(1);
        pools.exchange(List.of(ten), REQUEST, outcomes::add);
        world.pass(Duration.ofMillis(1_500));
        assertThat(world.view(pools, "s0").standing()).isEqualTo(Standing.DEAD);
    }

    @Test
    void connectionThatBreaksIsMadeAgainWithinTheShareAlone() {
        ServerPools pools = world.pools(LIMIT, world.tls("first", Probing.NONE), world.udp("second", Probing.NONE));
        pools.exchange(List.of("first", "second"), REQUEST, outcomes::add);
        world.asked("first").getLast().answerAs(Secret.utf8("radsec"));
        pools.exchange(List.of("first", "second"), REQUEST, outcomes::add);
        world.pass(Duration.ofSeconds(5));
        world.breakLink("first", "reset");
        assertThat(world.links("first")).isEqualTo(2);
        world.pass(Duration.ofMillis(2_499));
        assertThat(world.asked("second")).isEmpty();
        world.pass(Duration.ofMillis(1));
        assertThat(world.asked("second")).hasSize(1);
    }

    @Test
    void accountingHasAllTheTimeThereIs() {
        RadiusRequest stop =
                RadiusRequest.accounting(List.of(RadiusAttribute.integer(AttributeType.ACCT_STATUS_TYPE, 2)));
        udp("first", "second").exchange(List.of("first", "second"), stop, outcomes::add);
        world.pass(Duration.ofSeconds(25));
        Asked asked = world.asked("second").getLast();
        assertThat(world.asked("first")).hasSize(3);
        asked.send(RadiusAuthenticators.accountingResponse(
                asked.packet().identifier(), asked.packet().authenticator(), List.of(), VirtualServers.SECRET));
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.Answer.class);
    }
}
