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
import org.junit.jupiter.api.Test;

/** Who is thought alive, and what it costs: waits are 2 s, 4 s and 8 s, a dead server rests for 30 s. */
class LivenessOfServersTest {
    private static final List<String> BOTH = List.of("first", "second");
    private static final RadiusRequest STOP =
            RadiusRequest.accounting(List.of(RadiusAttribute.integer(AttributeType.ACCT_STATUS_TYPE, 2)));

    private final VirtualServers world = new VirtualServers();
    private ServerPools pools = pools(Probing.NONE);
    private final List<RadiusOutcome> outcomes = new ArrayList<>();

    private ServerPools pools(Probing probing) {
        return world.pools(VirtualServers.UNHURRIED, world.udp("first", probing), world.udp("second", probing));
    }

    private void ask() {
        ask(RadiusRequest.access(List.of(), Optional.empty()));
    }

    private void ask(RadiusRequest request) {
        pools.exchange(BOTH, request, outcomes::add);
    }

    private Standing standing(String server) {
        return world.view(pools, server).standing();
    }

    @Test
    void newRequestsGoPastAServerThatOthersWaitFor() {
        ask();
        world.pass(Duration.ofMillis(6_700));
        assertThat(standing("first")).isEqualTo(Standing.SUSPECT);
        ask();
        assertThat(world.requests("second")).hasSize(1);
        // What waits goes on waiting, and the server is as good as before when it answers.
        world.asked("first").getFirst().accept();
        assertThat(standing("first")).isEqualTo(Standing.ALIVE);
        ask();
        assertThat(world.requests("first")).hasSize(2);
    }

    @Test
    void suspectServerIsAskedIfThereIsNoOther() {
        ask();
        world.pass(Duration.ofMillis(6_700));
        pools.exchange(List.of("first"), RadiusRequest.access(List.of(), Optional.empty()), outcomes::add);
        assertThat(world.requests("first")).hasSize(2);
    }

    @Test
    void suspectServerIsAskedForASignOfLife() {
        pools = pools(Probing.STATUS_SERVER);
        ask();
        world.pass(Duration.ofMillis(8_000));
        Asked status = world.asked("first").getLast();
        assertThat(status.packet().code()).isEqualTo(RadiusCode.STATUS_SERVER);
        status.accept();
        assertThat(standing("first")).isEqualTo(Standing.ALIVE);
    }

    /** "they MUST NOT be retransmitted. Instead, the Identity field MUST be changed" (RFC 5997 section 4.1). */
    @Test
    void everySignOfLifeIsAskedForAnew() {
        pools = pools(Probing.STATUS_SERVER);
        ask();
        world.pass(Duration.ofMinutes(2));
        List<RadiusPacket> asked = world.asked("first").stream()
                .map(Asked::packet)
                .filter(packet -> packet.code() == RadiusCode.STATUS_SERVER)
                .toList();
        assertThat(asked).hasSizeBetween(10, 25);
        assertThat(asked).extracting(RadiusPacket::identifier).doesNotHaveDuplicates();
        assertThat(asked).extracting(RadiusPacket::authenticator).doesNotHaveDuplicates();
        assertThat(world.view(pools, "first").sent()).isEqualTo(3);
    }

    /** FreeRADIUS answers Status-Server without Message-Authenticator; it decides nothing. */
    @Test
    void signOfLifeNeedsNoMessageAuthenticator() {
        pools = pools(Probing.STATUS_SERVER);
        ask();
        world.pass(Duration.ofMillis(8_000));
        Asked status = world.asked("first").getLast();
        status.send(
                status.answer(RadiusCode.ACCESS_ACCEPT, VirtualServers.SECRET, List.of(), VirtualServers.Signed.NOT));
        assertThat(standing("first")).isEqualTo(Standing.ALIVE);
        assertThat(outcomes).isEmpty();
    }

    /** That one is optional does not make a wrong one right (RFC 3579 section 3.2). */
    @Test
    void signOfLifeWithAWrongMessageAuthenticatorIsNone() {
        pools = pools(Probing.STATUS_SERVER);
        ask();
        world.pass(Duration.ofMillis(8_000));
        Asked status = world.asked("first").getLast();
        RadiusAttribute zeros = new RadiusAttribute(AttributeType.MESSAGE_AUTHENTICATOR, Octets.zeros(16));
        status.send(status.answer(
                RadiusCode.ACCESS_ACCEPT, VirtualServers.SECRET, List.of(zeros), VirtualServers.Signed.NOT));
        assertThat(standing("first")).isEqualTo(Standing.SUSPECT);
        assertThat(world.view(pools, "first").discarded()).containsEntry("wrong-message-authenticator", 1L);
    }

    @Test
    void trialOfADeadServerCostsLittleWhereThereIsAnother() {
        firstDies();
        world.pass(Duration.ofSeconds(31));
        int before = world.asked("first").size();
        ask();
        assertThat(standing("first")).isEqualTo(Standing.PROBING);
        world.pass(Duration.ofMillis(2_300));
        assertThat(world.asked("first")).hasSize(before + 1);
        assertThat(world.requests("second")).hasSize(2);
        assertThat(standing("first")).isEqualTo(Standing.DEAD);
        assertThat(world.view(pools, "first").since()).isGreaterThan(Duration.ofSeconds(31));
        ask();
        assertThat(world.asked("first")).hasSize(before + 1);
    }

    @Test
    void trialIsFullWhereThereIsNoOther() {
        List<String> alone = List.of("first");
        pools.exchange(alone, RadiusRequest.access(List.of(), Optional.empty()), outcomes::add);
        world.pass(Duration.ofSeconds(46));
        int before = world.asked("first").size();
        pools.exchange(alone, RadiusRequest.access(List.of(), Optional.empty()), outcomes::add);
        world.pass(Duration.ofSeconds(7));
        assertThat(world.asked("first")).hasSize(before + 3);
        world.asked("first").getLast().accept();
        assertThat(outcomes.getLast()).isInstanceOf(RadiusOutcome.Answer.class);
    }

    @Test
    void lateAnswerIsNoAnswerButASignOfLife() {
        firstDies();
        world.asked("first").getFirst().accept();
        assertThat(outcomes).hasSize(1);
        assertThat(standing("first")).isEqualTo(Standing.ALIVE);
        assertThat(world.view(pools, "first").discarded()).containsEntry("late", 1L);
    }

    @Test
    void forgedLateAnswerIsNoSignOfLife() {
        firstDies();
        Asked asked = world.asked("first").getFirst();
        asked.send(asked.answer(RadiusCode.ACCESS_ACCEPT, VirtualServers.SECRET, List.of(), VirtualServers.Signed.NOT));
        assertThat(standing("first")).isEqualTo(Standing.DEAD);
    }

    @Test
    void silentAccountingDoesNotCostAuthentication() {
        ask(STOP);
        world.pass(Duration.ofSeconds(16));
        assertThat(world.view(pools, "first").accounting()).contains(Standing.DEAD);
        assertThat(standing("first")).isEqualTo(Standing.ALIVE);
        ask();
        assertThat(world.asked("first").getLast().packet().code()).isEqualTo(RadiusCode.ACCESS_REQUEST);
        ask(STOP);
        assertThat(world.asked("first").getLast().packet().code()).isEqualTo(RadiusCode.ACCESS_REQUEST);
        assertThat(world.asked("second").getLast().packet().code()).isEqualTo(RadiusCode.ACCOUNTING_REQUEST);
    }

    @Test
    void recordsAreTriedAtDeadServersTooButLast() {
        ask(STOP);
        world.pass(Duration.ofSeconds(32));
        assertThat(world.view(pools, "first").accounting()).contains(Standing.DEAD);
        assertThat(world.view(pools, "second").accounting()).contains(Standing.DEAD);
        ask(STOP);
        Asked again = world.asked("first").getLast();
        assertThat(again.octets()).isNotEqualTo(world.asked("first").getFirst().octets());
        again.send(RadiusAuthenticators.accountingResponse(
                again.packet().identifier(), again.packet().authenticator(), List.of(), VirtualServers.SECRET));
        assertThat(outcomes.getLast()).isInstanceOf(RadiusOutcome.Answer.class);
    }

    /** Others that wait for a dead server, for they hold a conversation with it, lose nothing by it. */
    @Test
    void trialThatFailsEndsNobodyElsesWait() {
        firstDies();
        outcomes.clear();
        RadiusRequest held = RadiusRequest.access(List.of(), Optional.of("first"));
        ask(held);
        world.pass(Duration.ofSeconds(7));
        ask(held);
        world.pass(Duration.ofSeconds(9));
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.NoAnswer.class);
        world.asked("first").getLast().accept();
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.getLast()).isInstanceOf(RadiusOutcome.Answer.class);
    }

    @Test
    void acknowledgementThatRefusesAccountingIsNone() {
        ask(STOP);
        Asked asked = world.asked("first").getLast();
        asked.send(RadiusAuthenticators.accountingResponse(
                asked.packet().identifier(),
                asked.packet().authenticator(),
                List.of(RadiusAttribute.integer(AttributeType.ERROR_CAUSE, 406)),
                VirtualServers.SECRET));
        assertThat(outcomes).isEmpty();
        assertThat(world.requests("second")).hasSize(1);
    }

    @Test
    void hungServerCostsOnlyThoseWhoAskedIt() {
        for (int i = 0; i < 300; i++) {
            ask();
        }
        pools.exchange(List.of("second"), RadiusRequest.access(List.of(), Optional.empty()), outcomes::add);
        world.asked("second").getLast().accept();
        assertThat(outcomes).singleElement().isInstanceOf(RadiusOutcome.Answer.class);
        world.pass(Duration.ofSeconds(16));
        assertThat(world.requests("second")).hasSize(301);
    }

    @Test
    void troubleIsToldWithTheSilence() {
        ask();
        world.trouble("first", "Connection refused");
        assertThat(world.view(pools, "first").trouble()).contains("Connection refused");
        world.asked("first").getFirst().accept();
        assertThat(world.view(pools, "first").trouble()).isEmpty();
        pools.exchange(List.of("first"), RadiusRequest.access(List.of(), Optional.empty()), outcomes::add);
        world.trouble("first", "Connection refused");
        world.pass(Duration.ofSeconds(16));
        assertThat(outcomes.getLast())
                .isInstanceOfSatisfying(
                        RadiusOutcome.NoAnswer.class,
                        none -> assertThat(none.reason()).endsWith("s (Connection refused)"));
    }

    @Test
    void requestThatFitsInNoPacketIsToldAndTakesNoIdentifier() {
        List<RadiusAttribute> many = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            many.add(new RadiusAttribute(AttributeType.CLASS, Octets.zeros(253)));
        }
        ask(RadiusRequest.access(many, Optional.empty()));
        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        RadiusOutcome.NoAnswer.class,
                        none -> assertThat(none.reason()).startsWith("a request of 4118 octets; 4096"));
        assertThat(world.view(pools, "first").outstanding()).isZero();
    }

    @Test
    void sourcePortsOfARushAreClosedAfterwards() {
        for (int i = 0; i < 600; i++) {
            ask();
        }
        assertThat(world.openLinks("first")).isEqualTo(3);
        world.asked("first").forEach(Asked::accept);
        world.pass(Duration.ofMinutes(5));
        assertThat(world.openLinks("first")).isEqualTo(1);
        ask();
        world.asked("first").getLast().accept();
        assertThat(outcomes).hasSize(601).allMatch(RadiusOutcome.Answer.class::isInstance);
    }

    @Test
    void endLeavesNobodyWithoutAnOutcome() {
        firstDies();
        world.pass(Duration.ofSeconds(31));
        ask();
        ask();
        pools.close();
        ask();
        assertThat(outcomes).hasSize(4);
        assertThat(world.openLinks("first") + world.openLinks("second")).isZero();
    }

    /** The first request ends at the second server. */
    private void firstDies() {
        ask();
        world.pass(Duration.ofSeconds(16));
        world.asked("second").getLast().accept();
        assertThat(standing("first")).isEqualTo(Standing.DEAD);
    }
}
