package org.homeport.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.xfrm.Plans.COA;
import static org.homeport.xfrm.Plans.HA;
import static org.homeport.xfrm.Plans.REQID;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output.RemoveSa.Policies;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.xfrm.netlink.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class XfrmSaPortTest {
    private static final SaCounters.Traffic ONE_PACKET = new SaCounters.Traffic(60, 1, 0, 0, Optional.empty());

    private final InMemoryKernel kernel = new InMemoryKernel();
    private final Ear ear = new Ear();
    private final XfrmSaPort port = new XfrmSaPort(kernel, XfrmSettings.DEFAULT, ear);
    private final SaPlan plan = Plans.tunnel(REQID, 1000, 2000);

    private static final class Ear implements XfrmObserver {
        final ConcurrentLinkedQueue<SaHandle> removed = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<SaCounters> lastCounters = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Event.SaExpired.Expiry> expired = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<SaHandle> expiredPairs = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();

        @Override
        public void removed(SaHandle sa, SaCounters last) {
            removed.add(sa);
            lastCounters.add(last);
        }

        @Override
        public void expired(SaHandle sa, Event.SaExpired.Expiry expiry) {
            expired.add(expiry);
            expiredPairs.add(sa);
        }

        @Override
        public void trouble(String sentence) {
            troubles.add(sentence);
        }
    }

    @AfterEach
    void close() {
        port.close();
    }

    @Test
    void inboundSaComesBeforeOutboundAndPoliciesLast() throws Exception {
        assertThat(install(plan)).isEqualTo(new SaOutcome.Installed());
        assertThat(kernel.orders)
                .satisfiesExactly(
                        o -> assertThat(o).isEqualTo("add " + new SaId(HA, 1000)),
                        o -> assertThat(o).isEqualTo("add " + new SaId(COA, 2000)),
                        o -> assertThat(o).startsWith("add policy in"),
                        o -> assertThat(o).startsWith("add policy forward"),
                        o -> assertThat(o).startsWith("add policy out"));
    }

    @Test
    void whereverItFailsNothingStays() throws Exception {
        for (int step = 0; step < 5; step++) {
            kernel.refuseAfter(step, Errno.ENOMEM);
            assertThat(install(plan)).as("refused at step %d", step).isInstanceOf(SaOutcome.Failed.class);
            assertThat(kernel.isEmpty()).as("after step %d", step).isTrue();
        }
        assertThat(install(plan)).isEqualTo(new SaOutcome.Installed());
        assertThat(ear.troubles).isEmpty();
    }

    @Test
    void spiThatIsTakenIsLeftToItsOwner() throws Exception {
        install(plan);
        SaPlan sameOutboundSpi = Plans.tunnel(REQID + 1, 1001, 2000);
        assertThat(install(sameOutboundSpi))
                .isInstanceOfSatisfying(
                        SaOutcome.Failed.class,
                        f -> assertThat(f.reason()).contains("already").contains("000007d0"));
        assertThat(kernel.sas).containsOnlyKeys(new SaId(HA, 1000), new SaId(COA, 2000));
        assertThat(kernel.policies.values()).allMatch(p -> p.reqid() == REQID);
    }

    @Test
    void planThatCannotBeSaidIsRefusedWithoutTouchingTheKernel() throws Exception {
        SaPlan impossible = Plans.transport(List.of(), List.of());
        assertThat(install(impossible)).isInstanceOf(SaOutcome.Failed.class);
        assertThat(kernel.orders).isEmpty();
    }

    @Test
    void removingTakesPoliciesFirstAndIsIdempotent() throws Exception {
        install(plan);
        kernel.orders.clear();
        port.remove(plan.handle(), Policies.REMOVE);
        port.remove(plan.handle(), Policies.REMOVE);
        settle();
        assertThat(kernel.isEmpty()).isTrue();
        assertThat(kernel.orders.subList(0, 3)).allMatch(o -> o.startsWith("remove policy"));
        assertThat(ear.removed).containsExactly(plan.handle());
        assertThat(ear.troubles).isEmpty();
    }

    @Test
    void rekeyedPairTakesThePoliciesOver() throws Exception {
        install(plan);
        SaPlan successor = Plans.tunnel(REQID, 1001, 2001);
        kernel.orders.clear();
        assertThat(install(successor, Optional.of(plan.handle()))).isEqualTo(new SaOutcome.Installed());
        assertThat(kernel.orders).noneMatch(o -> o.contains("policy"));
        port.remove(plan.handle(), Policies.REMOVE);
        settle();
        assertThat(kernel.policies).as("the old pair has none any more").hasSize(3);
        assertThat(kernel.sas).containsOnlyKeys(new SaId(HA, 1001), new SaId(COA, 2001));
        port.remove(successor.handle(), Policies.REMOVE);
        settle();
        assertThat(kernel.isEmpty()).isTrue();
    }

    @Test
    void ofTwoRekeysThatCollidedNeitherLeavesPoliciesBehind() throws Exception {
        SaPlan ours = Plans.tunnel(REQID, 1001, 2001);
        SaPlan theirs = Plans.tunnel(REQID, 1002, 2002);
        install(plan);
        install(ours, Optional.of(plan.handle()));
        install(theirs, Optional.of(plan.handle()));
        port.remove(plan.handle(), Policies.KEEP);
        port.remove(ours.handle(), Policies.KEEP);
        settle();
        assertThat(kernel.policies).hasSize(3);
        port.remove(theirs.handle(), Policies.REMOVE);
        settle();
        assertThat(kernel.isEmpty()).isTrue();
    }

    @Test
    void narrowerSuccessorAnswersForWhatIsLeftOfTheOldPolicies() throws Exception {
        SaPlan narrower = Plans.plan(
                REQID,
                SaMode.TUNNEL,
                Plans.GCM,
                1001,
                2001,
                COA,
                List.of(TrafficSelector.of(IpPrefix.parse("2001:db8::/32"))),
                List.of(TrafficSelector.of(IpPrefix.host(Plans.HOA))));
        install(plan);
        install(narrower, Optional.of(plan.handle()));
        port.remove(plan.handle(), Policies.KEEP);
        port.remove(narrower.handle(), Policies.REMOVE);
        settle();
        assertThat(kernel.isEmpty()).isTrue();
    }

    @Test
    void pairOfAPeersRekeySendsNothingBeforeItIsActivated() throws Exception {
        install(plan);
        SaPlan next = Plans.tunnel(REQID, 1001, 2001);
        CompletableFuture<SaOutcome> answer = new CompletableFuture<>();
        kernel.orders.clear();

        port.installInbound(next, plan.handle(), answer::complete);
        assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(new SaOutcome.Installed());
        assertThat(kernel.orders).contains("add " + new SaId(HA, 1001)).doesNotContain("add " + new SaId(COA, 2001));

        port.activate(next.handle());
        port.activate(next.handle());
        port.remove(plan.handle(), Policies.KEEP);
        port.counters(next.handle());
        assertThat(kernel.orders.stream().filter(("add " + new SaId(COA, 2001))::equals))
                .hasSize(1);

        port.remove(next.handle(), Policies.REMOVE);
        port.counters(next.handle());
        assertThat(kernel.isEmpty()).isTrue();
        assertThat(ear.troubles).isEmpty();
    }

    @Test
    void pairWhoseActivationTheKernelRefusesIsToldAsExpired() throws Exception {
        install(plan);
        SaPlan next = Plans.tunnel(REQID, 1001, 2001);
        port.installInbound(next, plan.handle(), outcome -> {});
        settle();
        kernel.refusal = sa -> Errno.ENOMEM;
        port.activate(next.handle());
        settle();
        assertThat(ear.expired).containsExactly(Event.SaExpired.Expiry.HARD);
        assertThat(ear.expiredPairs).containsExactly(next.handle());
        assertThat(ear.troubles).singleElement().asString().contains("ENOMEM");
    }

    @Test
    void rekeyThatFailsLeavesTheOldPairItsPolicies() throws Exception {
        install(plan);
        kernel.refuseAfter(1, Errno.ENOMEM);
        assertThat(install(Plans.tunnel(REQID, 1001, 2001), Optional.of(plan.handle())))
                .isInstanceOf(SaOutcome.Failed.class);
        assertThat(kernel.sas).containsOnlyKeys(new SaId(HA, 1000), new SaId(COA, 2000));
        port.remove(plan.handle(), Policies.REMOVE);
        settle();
        assertThat(kernel.isEmpty()).isTrue();
    }

    @Test
    void peerThatCameBackTakesThePolicyAndKeepsItWhenItsOldPairGoes() throws Exception {
        install(plan);
        SaPlan again = Plans.tunnel(REQID + 1, 1001, 2001);
        assertThat(install(again)).isEqualTo(new SaOutcome.Installed());
        assertThat(kernel.policies.values()).hasSize(3).allMatch(p -> p.reqid() == REQID + 1);
        port.remove(plan.handle(), Policies.REMOVE);
        settle();
        assertThat(kernel.policies.values()).hasSize(3).allMatch(p -> p.reqid() == REQID + 1);
    }

    @Test
    void whenTheLastToClaimGoesTheOneBeforeIsInForceAgain() throws Exception {
        install(plan);
        SaPlan again = Plans.tunnel(REQID + 1, 1001, 2001);
        install(again);
        port.remove(again.handle(), Policies.REMOVE);
        settle();
        assertThat(kernel.policies.values()).hasSize(3).allMatch(p -> p.reqid() == REQID);
    }

    @Test
    void policyThatCannotBeTakenOverIsGivenBack() throws Exception {
        install(plan);
        int upToTheThirdPolicy = 4;
        kernel.refuseAfter(upToTheThirdPolicy, Errno.ENOMEM);
        assertThat(install(Plans.tunnel(REQID + 1, 1001, 2001))).isInstanceOf(SaOutcome.Failed.class);
        assertThat(kernel.policies.values()).hasSize(3).allMatch(p -> p.reqid() == REQID);
    }

    @Test
    void movedTunnelIsFoundByItsOldNameAndItsNew() throws Exception {
        install(plan);
        IpAddress newCoa = IpAddress.parse("2001:db8:3::10");
        port.migrate(plan.handle(), HA, newCoa);
        settle();
        assertThat(kernel.sas).containsOnlyKeys(new SaId(HA, 1000), new SaId(newCoa, 2000));
        assertThat(port.counters(plan.handle())).isPresent();
        port.migrate(plan.handle(), HA, newCoa);
        settle();
        assertThat(kernel.orders).filteredOn(o -> o.startsWith("migrate")).hasSize(3);
        port.remove(new SaHandle(REQID, 1000, 2000, HA, newCoa), Policies.REMOVE);
        settle();
        assertThat(kernel.isEmpty()).isTrue();
        assertThat(ear.troubles).isEmpty();
    }

    @Test
    void transportPairStaysWhereItIs() throws Exception {
        SaPlan bindings = Plans.bindings();
        install(bindings);
        kernel.orders.clear();
        port.migrate(bindings.handle(), HA, COA);
        settle();
        assertThat(kernel.orders).isEmpty();
    }

    @Test
    void expiryIsToldOfThePairWhicheverSaItWas() throws Exception {
        install(plan);
        port.heard(new XfrmEvent.SaExpired(HA, 1000, REQID, Event.SaExpired.Expiry.SOFT, ONE_PACKET));
        port.heard(new XfrmEvent.SaExpired(COA, 2000, REQID, Event.SaExpired.Expiry.HARD, ONE_PACKET));
        port.heard(new XfrmEvent.SaExpired(COA, 1000, REQID, Event.SaExpired.Expiry.HARD, ONE_PACKET));
        settle();
        assertThat(ear.expired).containsExactly(Event.SaExpired.Expiry.SOFT, Event.SaExpired.Expiry.HARD);
    }

    @Test
    void whatWentThroughAnExpiredSaIsToldWithItsPair() throws Exception {
        install(plan);
        kernel.sas.remove(new SaId(COA, 2000));
        port.heard(new XfrmEvent.SaExpired(COA, 2000, REQID, Event.SaExpired.Expiry.HARD, ONE_PACKET));
        assertThat(port.counters(plan.handle())).map(SaCounters::outbound).hasValue(ONE_PACKET);
        port.remove(plan.handle(), Policies.REMOVE);
        settle();
        assertThat(ear.lastCounters).singleElement().satisfies(last -> {
            assertThat(last.inbound().octets()).isEqualTo(100);
            assertThat(last.outbound()).isEqualTo(ONE_PACKET);
        });
    }

    @Test
    void removalOfAPairThatTheKernelHasLostIsToldToo() throws Exception {
        install(plan);
        kernel.sas.clear();
        port.remove(plan.handle(), Policies.REMOVE);
        settle();
        assertThat(ear.lastCounters).containsExactly(SaCounters.NONE);
    }

    @Test
    void countersOfManyComeTogether() throws Exception {
        install(plan);
        SaPlan other = Plans.tunnel(REQID + 1, 1001, 2001);
        CompletableFuture<Map<SaHandle, SaCounters>> answer = new CompletableFuture<>();
        port.counters(List.of(plan.handle(), other.handle()), answer::complete);
        assertThat(answer.get(5, TimeUnit.SECONDS)).containsOnlyKeys(plan.handle());
    }

    @Test
    void countersOfWhatIsNotThereAreEmpty() throws Exception {
        assertThat(port.counters(plan.handle())).isEmpty();
        install(plan);
        assertThat(port.counters(plan.handle())).map(c -> c.inbound().octets()).hasValue(100L);
    }

    @Test
    void mistakeOfOursIsAnsweredAndUndone() throws Exception {
        plan.outbound().encryption().close();
        assertThat(install(plan))
                .isInstanceOfSatisfying(
                        SaOutcome.Failed.class, f -> assertThat(f.reason()).contains("wiped"));
        assertThat(kernel.isEmpty()).isTrue();
    }

    @Test
    void afterTheEndEveryQuestionIsStillAnswered() {
        port.close();
        List<SaOutcome> answers = new ArrayList<>();
        port.install(plan, Optional.empty(), answers::add);
        port.remove(plan.handle(), Policies.REMOVE);
        assertThat(answers).singleElement().isInstanceOf(SaOutcome.Failed.class);
        assertThat(port.counters(plan.handle())).isEmpty();
        assertThat(kernel.orders).containsExactly("close");
    }

    private SaOutcome install(SaPlan what) throws Exception {
        return install(what, Optional.empty());
    }

    private SaOutcome install(SaPlan what, Optional<SaHandle> replaces) throws Exception {
        CompletableFuture<SaOutcome> answer = new CompletableFuture<>();
        port.install(what, replaces, answer::complete);
        return answer.get(5, TimeUnit.SECONDS);
    }

    /** Everything ordered before is done. */
    private void settle() {
        port.counters(plan.handle());
    }
}
