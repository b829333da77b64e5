package org.homeport.aaa.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.aaa.radius.RadiusServerSettings.Probing;
import org.homeport.aaa.radius.RadiusServerView.Standing;
import org.homeport.aaa.radius.VirtualServers.Asked;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TLS connections without TLS, in virtual time: 14 s of patience, a dead server rests for 30 s. */
class RadSecConnectionTest {
    private static final Secret RADSEC = Secret.utf8("radsec");

    private final VirtualServers world = new VirtualServers();
    private final List<RadiusOutcome> outcomes = new ArrayList<>();
    private final ServerPools pools = world.pools(VirtualServers.UNHURRIED, world.tls("first", Probing.STATUS_SERVER));

    private void ask() {
        pools.exchange(List.of("first"), RadiusRequest.access(List.of(), Optional.empty()), outcomes::add);
    }

    private Standing standing() {
        return world.view(pools, "first").standing();
    }

    private Asked last() {
        return world.asked("first").getLast();
    }

    private List<Asked> signsOfLife() {
        return world.asked("first").stream()
                .filter(asked -> asked.packet().code() == RadiusCode.STATUS_SERVER)
                .toList();
    }

    @BeforeEach
    void firstAnswers() {
        ask();
        last().answerAs(RADSEC);
        assertThat(outcomes).hasSize(1);
        outcomes.clear();
    }

    @Test
    void quietConnectionIsAskedForASignOfLifeWithTheIdentifierKeptForIt() {
        world.pass(Duration.ofSeconds(40));
        assertThat(signsOfLife()).singleElement().satisfies(asked -> {
            assertThat(asked.packet().identifier()).isZero();
            assertThat(RadiusAuthenticators.isAccessRequestAuthentic(asked.packet(), RADSEC))
                    .isTrue();
        });
        last().answerAs(RADSEC);
        world.pass(Duration.ofSeconds(20));
        assertThat(world.openLinks("first")).isEqualTo(1);
        assertThat(world.links("first")).isEqualTo(1);
    }

    @Test
    void connectionWithoutASignOfLifeIsGivenUpAndWhatWaitsIsAskedOnAnother() {
        world.pass(Duration.ofSeconds(34));
        assertThat(signsOfLife()).hasSize(1);
        ask();
        Asked waiting = last();
        world.pass(Duration.ofMillis(14_000));
        assertThat(world.links("first")).isEqualTo(2);
        assertThat(last().link()).isNotEqualTo(waiting.link());
        last().answerAs(RADSEC);
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.Answer.class);
    }

    /** A server that passes Status-Server over, and answers all else, is there (RFC 3539 section 3.4.1). */
    @Test
    void connectionOnWhichSomethingCameSinceTheSignOfLifeWasAskedForStays() {
        world.pass(Duration.ofSeconds(34));
        assertThat(signsOfLife()).hasSize(1);
        world.pass(Duration.ofSeconds(5));
        ask();
        last().answerAs(RADSEC);
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.Answer.class);
        world.pass(Duration.ofSeconds(12));
        assertThat(world.isOpen("first", 0)).isTrue();
        assertThat(world.links("first")).isEqualTo(1);
    }

    @Test
    void watchdogClosesTheConnectionItAskedOnAndNoOther() {
        for (int i = 0; i < 256; i++) {
            ask();
        }
        world.asked("first").stream().skip(1).forEach(asked -> asked.answerAs(RADSEC));
        assertThat(world.openLinks("first")).isEqualTo(2);
        world.pass(Duration.ofSeconds(34));
        assertThat(signsOfLife()).extracting(Asked::link).containsExactlyInAnyOrder(0, 1);
        signsOfLife().stream().filter(asked -> asked.link() == 0).forEach(asked -> asked.answerAs(RADSEC));
        world.pass(Duration.ofSeconds(15));
        assertThat(world.isOpen("first", 0)).isTrue();
        assertThat(world.isOpen("first", 1)).isFalse();
    }

    @Test
    void silenceAboutAccountingKeepsNobodyOutWhoAuthenticatesOverTheSameConnection() {
        RadiusRequest stop = RadiusRequest.accounting(List.of());
        pools.exchange(List.of("first"), stop, outcomes::add);
        world.pass(Duration.ofSeconds(10));
        assertThat(standing()).isEqualTo(Standing.ALIVE);
        world.pass(Duration.ofSeconds(6));
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.NoAnswer.class);
        assertThat(standing()).isEqualTo(Standing.ALIVE);
    }

    @Test
    void withoutStatusServerNothingIsWatched() {
        VirtualServers other = new VirtualServers();
        ServerPools unwatched = other.pools(VirtualServers.UNHURRIED, other.tls("first", Probing.NONE));
        unwatched.exchange(List.of("first"), RadiusRequest.access(List.of(), Optional.empty()), outcomes::add);
        other.asked("first").getLast().answerAs(RADSEC);
        other.pass(Duration.ofMinutes(10));
        assertThat(other.asked("first")).hasSize(1);
        assertThat(other.openLinks("first")).isEqualTo(1);
    }

    @Test
    void refusedConnectionIsToldAtOnceAndTriedAgainAtGrowingIntervals() {
        world.breakLink("first", "the server closed the connection");
        ask();
        world.refuseLink("first", "cannot connect to [2001:db8::1]:2083: Connection refused");
        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        RadiusOutcome.NoAnswer.class,
                        none -> assertThat(none.reason())
                                .isEqualTo("first cannot connect to [2001:db8::1]:2083: Connection refused"));
        assertThat(standing()).isEqualTo(Standing.DEAD);
        List<Long> tries = new ArrayList<>();
        for (int second = 0; second < 300; second++) {
            long before = world.links("first");
            world.pass(Duration.ofSeconds(1));
            if (world.links("first") > before) {
                tries.add((long) second);
                world.refuseLink("first", "Connection refused");
            }
        }
        assertThat(tries).hasSizeBetween(7, 11);
        assertThat(tries.get(1) - tries.get(0)).isLessThan(5);
        assertThat(tries.getLast() - tries.get(tries.size() - 2)).isGreaterThan(50);
        world.pass(Duration.ofMinutes(2));
        last().answerAs(RADSEC);
        assertThat(standing()).isEqualTo(Standing.ALIVE);
    }

    @Test
    void serverThatNeverAnswersOnItsConnectionIsNotAskedAgain() {
        world.breakLink("first", "the server closed the connection");
        ask();
        // With TLS 1.3 the server refuses our certificate when the connection stands for us.
        world.breakLink("first", "TLS: Received fatal alert: bad_certificate");
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.NoAnswer.class);
        assertThat(standing()).isEqualTo(Standing.DEAD);
    }

    @Test
    void packetThatIsForgedEndsTheConnection() {
        ask();
        Asked asked = last();
        asked.answerAs(Secret.utf8("another"));
        assertThat(world.view(pools, "first").discarded()).containsEntry("wrong-authenticator", 1L);
        assertThat(last().link()).isNotEqualTo(asked.link());
        assertThat(world.openLinks("first")).isEqualTo(1);
        last().answerAs(RADSEC);
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.Answer.class);
    }

    @Test
    void packetThatNobodyAskedForIsPassedOver() {
        ask();
        Asked asked = last();
        byte[] other = asked.answer(RadiusCode.ACCESS_ACCEPT, RADSEC, List.of(), VirtualServers.Signed.FIRST)
                .toByteArray();
        other[1] += 7;
        asked.send(Octets.wrap(other));
        asked.answerAs(RADSEC);
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.Answer.class);
        assertThat(world.links("first")).isEqualTo(1);
    }

    @Test
    void furtherConnectionIsMadeForThe256thRequest() {
        for (int i = 0; i < 255; i++) {
            ask();
        }
        assertThat(world.links("first")).isEqualTo(1);
        ask();
        assertThat(world.links("first")).isEqualTo(2);
        world.asked("first").stream().skip(1).forEach(asked -> asked.answerAs(RADSEC));
        assertThat(outcomes).hasSize(256).allMatch(RadiusOutcome.Answer.class::isInstance);
    }

    @Test
    void accountingGoesOverTheSameConnection() {
        pools.exchange(List.of("first"), RadiusRequest.accounting(List.of()), outcomes::add);
        assertThat(world.links("first")).isEqualTo(1);
        Asked asked = last();
        asked.send(RadiusAuthenticators.accountingResponse(
                asked.packet().identifier(), asked.packet().authenticator(), List.of(), RADSEC));
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.Answer.class);
        assertThat(world.view(pools, "first").accounting()).isEmpty();
    }
}
