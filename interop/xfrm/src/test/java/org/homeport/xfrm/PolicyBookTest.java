package org.homeport.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.homeport.core.child.SaMode;
import org.homeport.xfrm.PolicyKey.Direction;
import org.junit.jupiter.api.Test;

class PolicyBookTest {
    private static final PairKey OLD = new PairKey(1, 1000, 2000);
    private static final PairKey NEW = new PairKey(2, 1001, 2001);
    private static final PolicyKey KEY = new PolicyKey(Direction.OUT, XfrmSelector.hosts(Plans.HA, Plans.HOA, 0));

    private final PolicyBook book = new PolicyBook();

    @Test
    void lastToClaimIsInForce() {
        book.claim(OLD, policy(1));
        book.claim(NEW, policy(2));
        assertThat(book.inForce(KEY)).hasValue(policy(2));
        assertThat(book.inForceOf(OLD)).isEmpty();
        assertThat(book.inForceOf(NEW)).containsExactly(policy(2));
    }

    @Test
    void releaseOfWhatIsNotInForceChangesNothing() {
        book.claim(OLD, policy(1));
        book.claim(NEW, policy(2));
        assertThat(book.release(OLD)).isEmpty();
        assertThat(book.release(NEW)).isEqualTo(Map.of(KEY, Optional.empty()));
        assertThat(book.release(NEW)).isEmpty();
    }

    @Test
    void releaseOfWhatIsInForceBringsTheOneBeforeBack() {
        book.claim(OLD, policy(1));
        book.claim(NEW, policy(2));
        assertThat(book.release(NEW)).isEqualTo(Map.of(KEY, Optional.of(policy(1))));
        assertThat(book.inForce(KEY)).hasValue(policy(1));
    }

    @Test
    void heirHasWhatItWasGiven() {
        book.claim(OLD, policy(1));
        book.handOver(OLD, NEW);
        assertThat(book.inForceOf(NEW)).containsExactly(policy(1));
        assertThat(book.release(OLD)).isEmpty();
        assertThat(book.release(NEW)).containsOnlyKeys(KEY);
    }

    @Test
    void whatIsInForceStaysSoWhoeverInheritsIt() {
        book.claim(OLD, policy(1));
        book.claim(NEW, policy(2));
        book.handOver(NEW, OLD);
        assertThat(book.inForce(KEY)).as("the kernel still has it").hasValue(policy(2));
        assertThat(book.release(OLD)).isEqualTo(Map.of(KEY, Optional.empty()));
    }

    private static PolicySpec policy(int reqid) {
        return new PolicySpec(KEY, 1, reqid, SaMode.TUNNEL, Plans.HA, Plans.COA);
    }
}
