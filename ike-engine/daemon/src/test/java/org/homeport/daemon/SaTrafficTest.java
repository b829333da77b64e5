package org.homeport.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.homeport.aaa.accounting.Reading;
import org.homeport.aaa.accounting.Usage;
import org.homeport.core.child.SaHandle;
import org.homeport.kit.IpAddress;
import org.homeport.xfrm.SaCounters;
import org.homeport.xfrm.XfrmSweep;
import org.junit.jupiter.api.Test;

class SaTrafficTest {
    private static final IpAddress HA = IpAddress.parse("2001:db8:2::1");
    private static final IpAddress COA = IpAddress.parse("2001:db8:77::2");
    private static final SaHandle FIRST = new SaHandle(7, 0x1001, 0x2001, HA, COA);
    private static final SaHandle SECOND = new SaHandle(7, 0x1002, 0x2002, HA, COA);
    private static final SaHandle OTHERS = new SaHandle(8, 0x1003, 0x2003, HA, COA);

    private final Map<SaHandle, SaCounters> kernel = new HashMap<>();
    /** Questions that the kernel's thread has not come to. */
    private final List<Runnable> lane = new ArrayList<>();

    private final SaTraffic traffic = SaTraffic.of(this::ask);

    private void ask(Collection<SaHandle> sas, Consumer<Map<SaHandle, SaCounters>> answer) {
        lane.add(() -> {
            Map<SaHandle, SaCounters> found = new HashMap<>(kernel);
            found.keySet().retainAll(sas);
            answer.accept(found);
        });
    }

    private void runLane() {
        List.copyOf(lane).forEach(Runnable::run);
        lane.clear();
    }

    private static SaCounters counters(long in, long out) {
        return new SaCounters(
                new SaCounters.Traffic(in, in / 100, 0, 0, Optional.empty()),
                new SaCounters.Traffic(out, out / 100, 0, 0, Optional.empty()));
    }

    private static Usage usage(long in, long out) {
        return new Usage(in, in / 100, out, out / 100);
    }

    private void remove(SaHandle sa) {
        SaCounters last = kernel.remove(sa);
        lane.add(() -> traffic.removed(sa, last));
    }

    private Reading soFar(String session) {
        CompletableFuture<Reading> reading = traffic.soFar(session).toCompletableFuture();
        runLane();
        return reading.join();
    }

    @Test
    void rekeyedPairsCountTogether() {
        traffic.track("a", List.of(FIRST));
        kernel.put(FIRST, counters(1000, 2000));
        assertThat(soFar("a").total()).isEqualTo(usage(1000, 2000));

        kernel.put(SECOND, counters(300, 400));
        traffic.track("a", List.of(FIRST, SECOND));
        assertThat(soFar("a").total()).isEqualTo(usage(1300, 2400));
        remove(FIRST);
        traffic.track("a", List.of(SECOND));
        Reading after = soFar("a");
        assertThat(after.total()).isEqualTo(usage(1300, 2400));
        assertThat(after.settled()).isEqualTo(usage(1000, 2000));
        assertThat(after.running()).containsExactly("in:00001002@2001:db8:2::1", "out:00002002@2001:db8:77::2");
    }

    @Test
    void pairThatIsRemovedBetweenQuestionAndAnswerCountsOnce() {
        traffic.track("a", List.of(FIRST, SECOND));
        kernel.put(FIRST, counters(1000, 0));
        kernel.put(SECOND, counters(10, 0));
        CompletableFuture<Reading> reading;
        remove(FIRST);
        reading = traffic.soFar("a").toCompletableFuture();
        runLane();
        assertThat(reading.join().total()).isEqualTo(usage(1010, 0));
    }

    @Test
    void lastReadingWaitsForAllRemovals() {
        traffic.track("a", List.of(FIRST, SECOND));
        traffic.track("b", List.of(OTHERS));
        kernel.put(FIRST, counters(1000, 100));
        kernel.put(SECOND, counters(200, 300));
        CompletableFuture<Reading> last = traffic.last("a").toCompletableFuture();
        remove(FIRST);
        runLane();
        assertThat(last).isNotDone();
        remove(SECOND);
        runLane();
        assertThat(last.join().total()).isEqualTo(usage(1200, 400));
        assertThat(soFar("a")).as("it is forgotten").isEqualTo(Reading.NOTHING);
    }

    @Test
    void removalsBeforeTheEndIsToldCountToo() {
        traffic.track("a", List.of(FIRST));
        kernel.put(FIRST, counters(1000, 100));
        remove(FIRST);
        runLane();
        assertThat(traffic.last("a").toCompletableFuture().join().total()).isEqualTo(usage(1000, 100));
    }

    @Test
    void whatIsNeverRemovedIsWaitedForInVainAndCountsAsSeen() {
        SaTraffic impatient =
                SaTraffic.of((sas, answer) -> answer.accept(Map.of(FIRST, counters(500, 0))), Duration.ofMillis(1));
        impatient.track("a", List.of(FIRST));
        assertThat(impatient.last("a").toCompletableFuture().join().total()).isEqualTo(usage(500, 0));
    }

    @Test
    void pairThatItsSessionNeverToldOfIsFoundByItsReqid() {
        traffic.track("a", List.of(FIRST));
        traffic.track("b", List.of(OTHERS));
        traffic.removed(SECOND, counters(70, 0));
        traffic.removed(FIRST, counters(5, 0));
        assertThat(traffic.last("a").toCompletableFuture().join().total())
                .isEqualTo(usage(70, 0).plus(usage(5, 0)));
        assertThat(soFar("b").total()).isEqualTo(Usage.NONE);
    }

    @Test
    void movedPairIsTheSamePair() {
        traffic.track("a", List.of(FIRST));
        IpAddress elsewhere = IpAddress.parse("2001:db8:88::3");
        SaHandle moved = new SaHandle(7, 0x1001, 0x2001, HA, elsewhere);
        traffic.track("a", List.of(moved));
        kernel.put(moved, counters(600, 0));
        assertThat(soFar("a").running()).containsExactly("in:00001001@2001:db8:2::1", "out:00002001@2001:db8:88::3");
        remove(moved);
        runLane();
        assertThat(traffic.last("a").toCompletableFuture().join().total()).isEqualTo(usage(600, 0));
    }

    @Test
    void whereNothingIsCountedEverySessionHasCarriedNothing() {
        SaTraffic none = SaTraffic.none();
        none.track("a", List.of(FIRST));
        assertThat(none.last("a").toCompletableFuture().join()).isEqualTo(Reading.NOTHING);
        assertThat(none.isCounting()).isFalse();
    }

    @Test
    void whatAKilledRunLeftHasTheNamesOfItsReadings() {
        traffic.track("a", List.of(FIRST));
        Map<String, Usage> left = SaTraffic.left(List.of(
                new XfrmSweep.SweptSa(HA, 0x1001, counters(900, 0).inbound()),
                new XfrmSweep.SweptSa(COA, 0x2001, counters(0, 800).outbound())));
        Usage found = soFar("a").running().stream().map(left::get).reduce(Usage.NONE, Usage::plus);
        assertThat(found).isEqualTo(usage(900, 800));
    }
}
