package org.homeport.aaa.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.aaa.radius.RadiusServerSettings.Probing;
import org.homeport.aaa.radius.RadiusServerView.Standing;
import org.homeport.aaa.radius.VirtualServers.Asked;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The client without sockets, in virtual time: waits are 2 s, 4 s and 8 s, a dead server rests for 30 s. */
class ServerPoolsTest {
    private static final RadiusRequest REQUEST =
            RadiusRequest.access(List.of(RadiusAttribute.text(AttributeType.USER_NAME, "alice")), Optional.empty());
    private static final List<String> BOTH = List.of("first", "second");

    private final VirtualServers world = new VirtualServers();
    private ServerPools pools = pools(Probing.NONE);
    private final List<RadiusOutcome> outcomes = new ArrayList<>();

    private ServerPools pools(Probing probing) {
        return world.pools(VirtualServers.UNHURRIED, world.udp("first", probing), world.udp("second", probing));
    }

    private void ask() {
        pools.exchange(BOTH, REQUEST, outcomes::add);
    }

    @Test
    void answerComesBackWithItsServer() {
        ask();
        Asked asked = world.asked("first").getLast();
        assertThat(RadiusAuthenticators.isAccessRequestAuthentic(asked.packet(), VirtualServers.SECRET))
                .isTrue();
        assertThat(asked.packet().attributes().getFirst().type()).isEqualTo(AttributeType.MESSAGE_AUTHENTICATOR);
        asked.accept();
        assertThat(outcomes).singleElement().isInstanceOfSatisfying(RadiusOutcome.Answer.class, answer -> {
            assertThat(answer.packet().code()).isEqualTo(RadiusCode.ACCESS_ACCEPT);
            assertThat(answer.server()).isEqualTo("first");
        });
        world.pass(Duration.ofMinutes(1));
        assertThat(world.asked("first")).hasSize(1);
    }

    @Test
    void silenceIsMetWithTheSameOctetsAgain() {
        ask();
        world.pass(Duration.ofMillis(1799));
        assertThat(world.asked("first")).hasSize(1);
        world.pass(Duration.ofMillis(402));
        assertThat(world.asked("first")).hasSize(2);
        world.pass(Duration.ofSeconds(5));
        List<Asked> asked = world.asked("first");
        assertThat(asked).hasSize(3);
        assertThat(asked)
                .extracting(Asked::octets)
                .containsOnly(asked.getFirst().octets());
        asked.getFirst().accept();
        assertThat(outcomes).hasSize(1);
        assertThat(world.view(pools, "first").retransmitted()).isEqualTo(2);
    }

    /** What a liar sends in place of the genuine answer. */
    static List<Arguments> lies() {
        return List.of(
                lie(
                        "no-message-authenticator",
                        asked -> asked.answer(
                                RadiusCode.ACCESS_ACCEPT, Secret.utf8("s3cret"), List.of(), VirtualServers.Signed.NOT)),
                lie("wrong-message-authenticator", asked -> {
                    RadiusAttribute zeros = new RadiusAttribute(80, Octets.zeros(16));
                    return asked.answer(
                            RadiusCode.ACCESS_ACCEPT, VirtualServers.SECRET, List.of(zeros), VirtualServers.Signed.NOT);
                }),
                lie(
                        "wrong-authenticator",
                        asked -> asked.answer(
                                RadiusCode.ACCESS_ACCEPT,
                                Secret.utf8("guessed"),
                                List.of(),
                                VirtualServers.Signed.FIRST)),
                lie("wrong-authenticator", asked -> {
                    byte[] octets = asked.genuine(RadiusCode.ACCESS_REJECT).toByteArray();
                    octets[0] = (byte) RadiusCode.ACCESS_ACCEPT.number();
                    return Octets.wrap(octets);
                }),
                lie("nothing-asked", asked -> {
                    byte[] octets = asked.genuine(RadiusCode.ACCESS_ACCEPT).toByteArray();
                    octets[1]++;
                    return Octets.wrap(octets);
                }),
                lie(
                        "malformed",
                        asked -> Octets.fromHex("02" + "00" + "0016")
                                .plus(Octets.zeros(16))
                                .plus(Octets.of(6, 0))),
                lie(
                        "malformed",
                        asked -> asked.genuine(RadiusCode.ACCESS_ACCEPT).slice(0, 30)),
                lie("malformed", asked -> Octets.zeros(4096)),
                lie("wrong-code", asked -> asked.genuine(RadiusCode.ACCOUNTING_RESPONSE)),
                lie("wrong-code", asked -> asked.genuine(RadiusCode.COA_REQUEST)));
    }

    private interface Lie {
        Octets tell(Asked asked);
    }

    private static Arguments lie(String reason, Lie lie) {
        return Arguments.of(reason, lie);
    }

    @ParameterizedTest
    @MethodSource("lies")
    void lieIsCountedAndTheGenuineAnswerAfterItCounts(String reason, Lie lie) {
        ask();
        Asked asked = world.asked("first").getLast();
        asked.send(lie.tell(asked));
        assertThat(outcomes).isEmpty();
        assertThat(world.view(pools, "first").discarded()).isEqualTo(Map.of(reason, 1L));
        asked.accept();
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.Answer.class);
    }

    @Test
    void messageAuthenticatorMayStandBehindOthersButNotTwice() {
        ask();
        Asked asked = world.asked("first").getLast();
        asked.send(asked.answer(
                RadiusCode.ACCESS_ACCEPT,
                VirtualServers.SECRET,
                List.of(RadiusAttribute.text(AttributeType.USER_NAME, "alice")),
                VirtualServers.Signed.LAST));
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void answerOfFullLengthIsTaken() {
        ask();
        Asked asked = world.asked("first").getLast();
        List<RadiusAttribute> many = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            many.add(new RadiusAttribute(AttributeType.CLASS, Octets.zeros(253)));
        }
        many.add(new RadiusAttribute(AttributeType.CLASS, Octets.zeros(4096 - 20 - 18 - 15 * 255 - 2)));
        Octets full = asked.answer(RadiusCode.ACCESS_ACCEPT, VirtualServers.SECRET, many, VirtualServers.Signed.FIRST);
        assertThat(full.length()).isEqualTo(4096);
        asked.send(full);
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void anotherServerIsAskedWhenTheFirstIsSilent() {
        ask();
        world.pass(Duration.ofSeconds(16));
        assertThat(world.asked("first")).hasSize(3);
        Asked second = world.asked("second").getLast();
        assertThat(second.packet().authenticator())
                .isNotEqualTo(world.asked("first").getFirst().packet().authenticator());
        second.accept();
        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        RadiusOutcome.Answer.class,
                        answer -> assertThat(answer.server()).isEqualTo("second"));
        assertThat(world.view(pools, "first").standing()).isEqualTo(Standing.DEAD);
        // From now on nobody loses time with the first.
        ask();
        assertThat(world.requests("second")).hasSize(2);
        assertThat(world.asked("first")).hasSize(3);
    }

    @Test
    void othersThatWaitedForTheDeadServerGoOnToo() {
        ask();
        world.pass(Duration.ofSeconds(3));
        ask();
        world.pass(Duration.ofMillis(13_000));
        assertThat(world.requests("second")).hasSize(2);
    }

    @Test
    void deadServerIsTriedByOneRequestAfterItsTime() {
        ask();
        world.pass(Duration.ofSeconds(16));
        world.asked("second").getLast().accept();
        world.pass(Duration.ofSeconds(30));
        ask();
        ask();
        assertThat(world.requests("first")).hasSize(2);
        assertThat(world.requests("second")).hasSize(2);
        world.asked("first").getLast().accept();
        assertThat(world.view(pools, "first").standing()).isEqualTo(Standing.ALIVE);
        ask();
        assertThat(world.requests("first")).hasSize(3);
    }

    @Test
    void statusServerBringsADeadServerBackSooner() {
        pools = pools(Probing.STATUS_SERVER);
        ask();
        world.pass(Duration.ofSeconds(16));
        world.asked("second").getLast().accept();
        world.pass(Duration.ofSeconds(6));
        Asked probe = world.asked("first").getLast();
        assertThat(probe.packet().code()).isEqualTo(RadiusCode.STATUS_SERVER);
        assertThat(RadiusAuthenticators.isAccessRequestAuthentic(probe.packet(), VirtualServers.SECRET))
                .isTrue();
        probe.accept();
        assertThat(world.view(pools, "first").standing()).isEqualTo(Standing.ALIVE);
        int before = world.asked("first").size();
        world.pass(Duration.ofMinutes(5));
        assertThat(world.asked("first")).hasSize(before);
    }

    @Test
    void allDeadIsToldAtOnceAndByName() {
        ask();
        world.pass(Duration.ofSeconds(32));
        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        RadiusOutcome.NoAnswer.class,
                        none -> assertThat(none.reason())
                                .contains("first did not answer within 1")
                                .contains("second did not answer within 1"));
        ask();
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.getLast())
                .isInstanceOfSatisfying(
                        RadiusOutcome.NoAnswer.class,
                        none -> assertThat(none.reason())
                                .contains("first has not answered for")
                                .contains("second has not answered for"));
    }

    @Test
    void serverThatAnswersOthersIsNotDead() {
        ask();
        world.pass(Duration.ofSeconds(1));
        ask();
        world.asked("first").getLast().accept();
        world.pass(Duration.ofSeconds(16));
        assertThat(world.view(pools, "first").standing()).isEqualTo(Standing.ALIVE);
        assertThat(world.requests("second")).hasSize(1);
    }

    /** As FreeRADIUS before 3.2.5 rejects what it finds no EAP session for. */
    @Test
    void unsignedAnswersAreToldAndDoNotSilenceTheServerForOthers() {
        ask();
        for (Asked asked : world.asked("first")) {
            asked.send(asked.answer(
                    RadiusCode.ACCESS_REJECT, VirtualServers.SECRET, List.of(), VirtualServers.Signed.NOT));
        }
        pools.exchange(List.of("first"), REQUEST, outcomes::add);
        Asked alone = world.asked("first").getLast();
        alone.send(alone.answer(RadiusCode.ACCESS_REJECT, VirtualServers.SECRET, List.of(), VirtualServers.Signed.NOT));
        world.pass(Duration.ofSeconds(16));
        assertThat(world.view(pools, "first").standing()).isEqualTo(Standing.ALIVE);
        assertThat(((RadiusOutcome.NoAnswer) outcomes.getFirst()).reason())
                .startsWith("first did not answer within 1")
                .contains("but for 1 that were discarded", "no-message-authenticator", "Post-Auth-Type REJECT");
    }

    @Test
    void answersByAnotherSecretAreToldAsThat() {
        pools.exchange(List.of("first"), REQUEST, outcomes::add);
        world.asked("first").getLast().answerAs(Secret.utf8("another"));
        world.pass(Duration.ofSeconds(16));
        assertThat(((RadiusOutcome.NoAnswer) outcomes.getFirst()).reason()).contains("shared secret the same");
    }

    @Test
    void conversationStaysWithItsServer() {
        RadiusRequest pinned = RadiusRequest.access(List.of(), Optional.of("second"));
        pools.exchange(BOTH, pinned, outcomes::add);
        assertThat(world.asked("first")).isEmpty();
        world.pass(Duration.ofSeconds(16));
        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        RadiusOutcome.NoAnswer.class,
                        none -> assertThat(none.reason()).startsWith("second did not answer within 1"));
        assertThat(world.asked("first")).isEmpty();
    }

    @Test
    void thousandRequestsWaitOnAsManySourcePortsAsTheyNeed() {
        for (int i = 0; i < 1000; i++) {
            ask();
        }
        List<Asked> asked = world.asked("first");
        assertThat(asked).hasSize(1000);
        assertThat(world.links("first")).isEqualTo(4);
        Set<String> distinct = new HashSet<>();
        asked.forEach(a -> distinct.add(a.link() + "/" + a.packet().identifier()));
        assertThat(distinct).hasSize(1000);
        asked.forEach(Asked::accept);
        assertThat(outcomes).hasSize(1000).allMatch(RadiusOutcome.Answer.class::isInstance);
    }

    @Test
    void identifierIsNotUsedAgainSoon() {
        List<Integer> used = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            ask();
            used.add(world.asked("first").getLast().packet().identifier());
            world.asked("first").getLast().accept();
        }
        assertThat(new HashSet<>(used)).hasSize(256);
        assertThat(world.links("first")).isEqualTo(1);
    }

    @Test
    void accountingGoesToItsOwnPortAndNeedsNoMessageAuthenticator() {
        RadiusRequest stop =
                RadiusRequest.accounting(List.of(RadiusAttribute.integer(AttributeType.ACCT_STATUS_TYPE, 2)));
        pools.exchange(BOTH, stop, outcomes::add);
        Asked asked = world.asked("first").getLast();
        assertThat(asked.kind()).isEqualTo(RadiusRequest.Kind.ACCOUNTING);
        assertThat(RadiusAuthenticators.isRequestAuthentic(asked.packet(), VirtualServers.SECRET))
                .isTrue();
        asked.send(RadiusAuthenticators.accountingResponse(
                asked.packet().identifier(), asked.packet().authenticator(), List.of(), VirtualServers.SECRET));
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.Answer.class);
    }

    @Test
    void overTlsNothingIsRetransmittedAndABrokenLinkIsMadeAgainOnce() {
        pools = world.pools(
                VirtualServers.UNHURRIED, world.tls("first", Probing.STATUS_SERVER), world.udp("second", Probing.NONE));
        ask();
        world.asked("first").getLast().answerAs(Secret.utf8("radsec"));
        ask();
        world.pass(Duration.ofSeconds(12));
        assertThat(requestsOverTls()).isEqualTo(2);
        world.breakLink("first", "reset");
        assertThat(requestsOverTls()).isEqualTo(3);
        world.asked("first").getLast().answerAs(Secret.utf8("radsec"));
        assertThat(outcomes).hasSize(2).allMatch(RadiusOutcome.Answer.class::isInstance);
        // The watchdog: a connection that is quiet has to show a sign of life, or is given up.
        world.pass(Duration.ofSeconds(35));
        assertThat(world.asked("first").getLast().packet().code()).isEqualTo(RadiusCode.STATUS_SERVER);
        assertThat(world.links("first")).isEqualTo(2);
        world.pass(Duration.ofSeconds(20));
        assertThat(world.links("first")).isEqualTo(3);
    }

    private long requestsOverTls() {
        return world.asked("first").stream()
                .filter(asked -> asked.packet().code() == RadiusCode.ACCESS_REQUEST)
                .count();
    }

    @Test
    void answersAreCountedByTheirKindAndSilenceApart() {
        pools = pools(Probing.STATUS_SERVER);
        for (RadiusCode code :
                List.of(RadiusCode.ACCESS_CHALLENGE, RadiusCode.ACCESS_CHALLENGE, RadiusCode.ACCESS_REJECT)) {
            ask();
            Asked asked = world.asked("first").getLast();
            world.pass(Duration.ofMillis(30));
            asked.send(asked.genuine(code));
        }
        ask();
        world.pass(Duration.ofSeconds(16));
        RadiusServerView first = world.view(pools, "first");
        assertThat(first.answers()).isEqualTo(Map.of("access-challenge", 2L, "access-reject", 1L));
        assertThat(first.answered()).isEqualTo(3);
        assertThat(first.sent()).isEqualTo(6);
        assertThat(first.retransmitted()).isEqualTo(2);
        assertThat(first.unanswered()).isEqualTo(1);
        assertThat(first.timedOut()).isEqualTo(1);
        assertThat(first.latency()).contains(Duration.ofMillis(30));
        pools.close();
        RadiusServerView second = world.view(pools, "second");
        assertThat(second.unanswered()).isEqualTo(1);
        assertThat(second.timedOut()).isZero();
    }

    @Test
    void endOfTheClientIsToldToThoseThatWait() {
        ask();
        pools.close();
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.NoAnswer.class);
    }

    @Test
    void silentAccountingKeepsNobodyOut() {
        RadiusRequest stop =
                RadiusRequest.accounting(List.of(RadiusAttribute.integer(AttributeType.ACCT_STATUS_TYPE, 2)));
        pools.exchange(List.of("first"), stop, outcomes::add);
        world.pass(Duration.ofSeconds(16));
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.NoAnswer.class);
        assertThat(world.view(pools, "first").standing()).isEqualTo(Standing.ALIVE);
        // Nor does a record for a server that is dead stand in the way of the request that tries it.
        ask();
        world.pass(Duration.ofSeconds(16));
        assertThat(world.view(pools, "first").standing()).isEqualTo(Standing.DEAD);
        world.asked("second").getLast().accept();
        pools.exchange(List.of("first"), stop, outcomes::add);
        world.pass(Duration.ofSeconds(46));
        ask();
        assertThat(world.asked("first").getLast().kind()).isEqualTo(RadiusRequest.Kind.ACCESS);
    }
}
