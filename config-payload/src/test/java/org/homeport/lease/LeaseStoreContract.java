package org.homeport.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.homeport.lease.Requests.ip;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.lease.ClaimResult.Change;
import org.homeport.lease.ClaimResult.Claimed;
import org.homeport.lease.ClaimResult.Lost;
import org.homeport.lease.StoredLease.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must do. */
public abstract class LeaseStoreContract {
    protected static final Instant T0 = Instant.parse("2026-11-23T10:00:00.123Z");
    protected static final AddressRange SIXTEEN = AddressRange.parse("2001:db8:1::10-2001:db8:1::1f");
    private static final IpPrefix HOME = IpPrefix.parse("2001:db8:1::/64");

    protected LeaseStore store;

    /** The same store each time within one test. */
    protected abstract LeaseStore open(String engine, Instant now) throws StoreUnavailableException;

    @BeforeEach
    void openStore() throws StoreUnavailableException {
        store = open("ha1", T0);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void keepsEveryFieldOverAReopening() throws Exception {
        StoredLease granted = claimed(claim("mn1", "2001:db8:1::10"), T0);
        StoredLease ipv4 = claimed(claim("mn1", "10.0.0.7"), T0);
        closeStore();
        store = open("another", T0.plusSeconds(5));

        assertThat(at("2001:db8:1::10")).contains(granted);
        assertThat(granted)
                .isEqualTo(new StoredLease(
                        granted.id(),
                        ip("2001:db8:1::10"),
                        HOME,
                        "home6",
                        "mn1",
                        "s1",
                        Requests.CARE_OF,
                        "ha1",
                        State.HELD,
                        T0,
                        Optional.empty(),
                        Optional.empty()));
        assertThat(granted.id().claim()).isEqualTo(1);
        assertThat(all()).containsExactly(ipv4, granted);
    }

    @Test
    void anAddressHeldByOneIsLostToAnother() throws Exception {
        StoredLease granted = claimed(claim("mn1", "2001:db8:1::10"), T0);

        assertThat(claim(claim("mn2", "2001:db8:1::10"), T0)).isInstanceOf(Lost.class);
        assertThat(claim(displacing("mn2", granted), T0)).isInstanceOf(Lost.class);
        assertThat(at("2001:db8:1::10")).contains(granted);
    }

    @Test
    void ownersThatDifferInOneCharacterAreTwo() throws Exception {
        for (String other : List.of("MN1", "mn1 ", "mn1\0", "mn1\0b", "mn\u0131", "mn1%")) {
            claimed(claim("mn1", "2001:db8:1::10"), T0);
            assertThat(claim(claim(other, "2001:db8:1::10"), T0)).isInstanceOf(Lost.class);
            assertThat(of(other)).isEmpty();
        }
        StoredLease odd = claimed(claim("mn1\0b'; --", "2001:db8:1::11"), T0);
        assertThat(of("mn1\0b'; --")).containsExactly(odd);
    }

    @Test
    void theSameSessionClaimingAgainChangesNothing() throws Exception {
        StoredLease first = claimed(claim("mn1", "2001:db8:1::10"), T0);

        assertThat(claim(claim("mn1", "2001:db8:1::10"), T0.plusSeconds(9)))
                .isEqualTo(new Claimed(first, Change.REPEATED));
    }

    @Test
    void aNewerSessionTakesTheLeaseOverAndTheOlderCannotReleaseIt() throws Exception {
        StoredLease older = claimed(claim("mn1", "2001:db8:1::10"), T0);
        ClaimResult takeover = claim(claim("mn1", "2001:db8:1::10", "s2"), T0.plusSeconds(1));

        assertThat(takeover).isInstanceOfSatisfying(Claimed.class, claimed -> {
            assertThat(claimed.change()).isEqualTo(Change.TAKEN_OVER);
            assertThat(claimed.lease().session()).isEqualTo("s2");
            assertThat(claimed.lease().id())
                    .isEqualTo(new LeaseId(older.id().lease(), older.id().claim() + 1));
            assertThat(claimed.lease().grantedAt()).isEqualTo(T0.plusSeconds(1));
        });
        assertThat(release(older, T0.plusSeconds(2))).isEmpty();
        assertThat(at("2001:db8:1::10")).get().matches(StoredLease::isHeld);
        StoredLease newer = ((Claimed) takeover).lease();
        assertThat(release(newer, T0.plusSeconds(3))).isPresent();
    }

    @Test
    void releaseIsIdempotentAndKeepsTheFirstTime() throws Exception {
        StoredLease lease = claimed(claim("mn1", "2001:db8:1::10"), T0);

        assertThat(release(lease, T0.plusSeconds(1))).get().satisfies(released -> {
            assertThat(released.state()).isEqualTo(State.RELEASED);
            assertThat(released.releasedAt()).contains(T0.plusSeconds(1));
            assertThat(released.owner()).isEqualTo("mn1");
        });
        assertThat(release(lease, T0.plusSeconds(2))).isEmpty();
        assertThat(at("2001:db8:1::10").flatMap(StoredLease::releasedAt)).contains(T0.plusSeconds(1));
        assertThat(store.<Optional<StoredLease>>write(
                        table -> table.release(new LeaseId(99, 1), Authority.SESSION, T0)))
                .isEmpty();
    }

    @Test
    void aReleasedAddressReturnsToItsOwnerAndGoesToAnotherOnlyByName() throws Exception {
        StoredLease first = claimed(claim("mn1", "2001:db8:1::10"), T0);
        release(first, T0);
        assertThat(claim(claim("mn2", "2001:db8:1::10"), T0)).isInstanceOf(Lost.class);

        ClaimResult returned = claim(claim("mn1", "2001:db8:1::10"), T0);
        assertThat(returned)
                .isInstanceOfSatisfying(
                        Claimed.class, claimed -> assertThat(claimed.change()).isEqualTo(Change.RETURNED));
        StoredLease second = ((Claimed) returned).lease();
        release(second, T0);

        assertThat(claim(displacing("mn2", first), T0)).isInstanceOf(Lost.class);
        assertThat(claim(displacing("mn2", second), T0)).isInstanceOfSatisfying(Claimed.class, claimed -> {
            assertThat(claimed.change()).isEqualTo(Change.REASSIGNED);
            assertThat(claimed.lease().owner()).isEqualTo("mn2");
        });
        assertThat(release(second, T0)).isEmpty();
        assertThat(of("mn1")).isEmpty();
    }

    @Test
    void firstUnusedFindsTheGapAndOnlyInsideTheRange() throws Exception {
        claimed(claim("v4", "10.0.0.1"), T0);
        assertThat(firstUnused(SIXTEEN)).contains(ip("2001:db8:1::10"));
        for (int i = 0; i < 16; i++) {
            assertThat(firstUnused(SIXTEEN)).contains(ip("2001:db8:1::1" + Integer.toHexString(i)));
            claimed(claim("mn" + i, "2001:db8:1::1" + Integer.toHexString(i)), T0);
        }
        assertThat(firstUnused(SIXTEEN)).isEmpty();
        assertThat(firstUnused(AddressRange.parse("2001:db8:1::1e-2001:db8:1::22")))
                .contains(ip("2001:db8:1::20"));
        assertThat(firstUnused(AddressRange.parse("2001:db8:1::1e"))).isEmpty();
        assertThat(store.<Long>read(view -> view.count(SIXTEEN, State.HELD))).isEqualTo(16);
        assertThat(store.<Long>read(view -> view.count(SIXTEEN, State.RELEASED)))
                .isZero();
    }

    @Test
    void longestReleasedIsTheOneReleasedFirstInTheRange() throws Exception {
        String[] addresses = {"2001:db8:1::10", "2001:db8:1::11", "2001:db8:1::12", "2001:db8:1::99"};
        int[] seconds = {30, 20, 40, 10};
        for (int i = 0; i < addresses.length; i++) {
            release(claimed(claim("mn" + i, addresses[i]), T0), T0.plusSeconds(seconds[i]));
        }
        assertThat(longestReleased(T0.plusSeconds(60))).contains(ip("2001:db8:1::11"));
        assertThat(longestReleased(T0.plusSeconds(20))).contains(ip("2001:db8:1::11"));
        assertThat(longestReleased(T0.plusSeconds(19))).isEmpty();
        claimed(claim("mn1", "2001:db8:1::11"), T0);
        assertThat(longestReleased(T0.plusSeconds(60))).contains(ip("2001:db8:1::10"));
    }

    @Test
    void ownLeasesComeHeldOnesFirstThenTheLatest() throws Exception {
        release(claimed(claim("mn1", "2001:db8:1::10"), T0), T0.plusSeconds(1));
        release(claimed(claim("mn1", "2001:db8:1::11"), T0), T0.plusSeconds(3));
        release(claimed(claim("mn1", "2001:db8:1::12"), T0), T0.plusSeconds(2));
        claimed(claim("mn1", "2001:db8:1::13"), T0);

        assertThat(of("mn1"))
                .extracting(lease -> lease.address().toString())
                .containsExactly("2001:db8:1::13", "2001:db8:1::11", "2001:db8:1::12", "2001:db8:1::10");
    }

    @Test
    void whatAnEarlierRunHeldStaysItsOwnersUntilTheGraceIsOver() throws Exception {
        claimed(claim("stays", "2001:db8:1::10"), T0);
        claimed(claim("returns", "2001:db8:1::11"), T0);
        release(claimed(claim("gone", "2001:db8:1::12"), T0), T0);
        closeStore();
        Instant restart = T0.plusSeconds(100);
        store = open("ha1", restart);

        assertThat(at("2001:db8:1::10").flatMap(StoredLease::leftOverSince)).contains(restart);
        assertThat(at("2001:db8:1::12").flatMap(StoredLease::leftOverSince)).isEmpty();
        assertThat(claim(claim("thief", "2001:db8:1::10"), restart)).isInstanceOf(Lost.class);
        assertThat(claim(claim("returns", "2001:db8:1::11"), restart))
                .isInstanceOfSatisfying(Claimed.class, claimed -> {
                    assertThat(claimed.change()).isEqualTo(Change.TAKEN_OVER);
                    assertThat(claimed.lease().leftOverSince()).isEmpty();
                });
        assertThat(releaseLeftOver(restart.minusMillis(1), T0)).isEmpty();
        assertThat(releaseLeftOver(restart, restart.plusSeconds(60)))
                .singleElement()
                .satisfies(lease -> {
                    assertThat(lease.owner()).isEqualTo("stays");
                    assertThat(lease.releasedAt()).contains(restart.plusSeconds(60));
                    assertThat(lease.leftOverSince()).isEmpty();
                });
        assertThat(at("2001:db8:1::11")).get().matches(StoredLease::isHeld);
    }

    @Test
    void oneEngineLeavesAnothersLeasesAlone() throws Exception {
        claimed(claim("mn1", "2001:db8:1::10"), T0);
        try (LeaseStore other = open("ha2", T0.plus(Duration.ofDays(1)))) {
            Instant later = T0.plus(Duration.ofDays(9));
            assertThat(other.<List<StoredLease>>write(table -> table.releaseLeftOver(later, later)))
                    .isEmpty();
            assertThat(other.read(view -> view.at(ip("2001:db8:1::10"))).flatMap(StoredLease::leftOverSince))
                    .isEmpty();
            ClaimResult stolen = other.write(table -> table.claim(claim("mn2", "2001:db8:1::10"), T0));
            assertThat(stolen).isInstanceOf(Lost.class);
            ClaimResult moved = other.write(table -> table.claim(claim("mn1", "2001:db8:1::10"), T0));
            assertThat(((Claimed) moved).lease().engine()).isEqualTo("ha2");
            assertThat(((Claimed) moved).change()).isEqualTo(Change.TAKEN_OVER);
        }
    }

    @Test
    void aWriteThatFailsHalfWayLeavesNoTrace() throws Exception {
        assertThatThrownBy(() -> store.write(table -> {
                    table.claim(claim("mn1", "2001:db8:1::10"), T0);
                    throw new IllegalStateException("half way");
                }))
                .hasMessage("half way");
        assertThat(all()).isEmpty();
        assertThat(claimed(claim("mn2", "2001:db8:1::10"), T0).owner()).isEqualTo("mn2");
    }

    @Test
    void historyTellsWhoHadAnAddressAtAnyTime() throws Exception {
        StoredLease first = claimed(claim("mn1", "2001:db8:1::10"), T0);
        claimed(claim("mn2", "10.0.0.7"), T0.plusSeconds(1));
        StoredLease second = claimed(claim("mn1", "2001:db8:1::10", "s2"), T0.plusSeconds(10));
        claimed(claim("mn1", "2001:db8:1::10", "s2"), T0.plusSeconds(15));
        release(second, T0.plusSeconds(20));
        claim(displacing("mn3", second), T0.plusSeconds(30));

        assertThat(holders("2001:db8:1::10", T0.minusMillis(1))).isEmpty();
        assertThat(holders("2001:db8:1::10", T0)).singleElement().satisfies(tenure -> {
            assertThat(tenure.until()).contains(T0.plusSeconds(10));
            assertThat(tenure.grant())
                    .isEqualTo(new LeaseChange(
                            T0,
                            LeaseChange.Kind.GRANTED,
                            first.id(),
                            first.address(),
                            HOME,
                            "home6",
                            "mn1",
                            "s1",
                            Requests.CARE_OF,
                            "ha1",
                            Authority.POOL));
        });
        assertThat(holders("2001:db8:1::10", T0.plusSeconds(10)))
                .singleElement()
                .satisfies(tenure -> {
                    assertThat(tenure.grant().session()).isEqualTo("s2");
                    assertThat(tenure.until()).contains(T0.plusSeconds(20));
                });
        assertThat(holders("2001:db8:1::10", T0.plusSeconds(20))).isEmpty();
        assertThat(holders("2001:db8:1::10", T0.plusSeconds(99)))
                .singleElement()
                .satisfies(tenure -> {
                    assertThat(tenure.grant().owner()).isEqualTo("mn3");
                    assertThat(tenure.until()).isEmpty();
                });
        assertThat(store.<List<Tenure>>read(view -> view.holdersAt(T0.plusSeconds(5), Optional.empty())))
                .extracting(tenure -> tenure.grant().owner())
                .containsExactly("mn2", "mn1");
    }

    @Test
    void whatIsForgottenChangesNothingAboutLaterTimes() throws Exception {
        claimed(claim("stays", "2001:db8:1::11"), T0);
        for (int i = 0; i < 10; i++) {
            StoredLease lease = claimed(claim("mn1", "2001:db8:1::10", "s" + i), T0.plusSeconds(10L * i));
            release(lease, T0.plusSeconds(10L * i + 5));
        }
        Instant until = T0.plusSeconds(52);
        List<Tenure> before = store.read(view -> view.holdersAt(until, Optional.empty()));
        assertThat(before).hasSize(2);

        // Five grants and five releases are over and done with by then.
        assertThat(store.<Integer>write(table -> table.forget(until, 3))).isEqualTo(3);
        assertThat(store.<List<Tenure>>read(view -> view.holdersAt(until, Optional.empty())))
                .isEqualTo(before);
        assertThat(store.<Integer>write(table -> table.forget(until, 100))).isEqualTo(7);
        assertThat(store.<Integer>write(table -> table.forget(until, 100))).isZero();
        assertThat(store.<List<Tenure>>read(view -> view.holdersAt(until, Optional.empty())))
                .isEqualTo(before);
        assertThat(holders("2001:db8:1::10", T0.plusSeconds(92))).hasSize(1);
        assertThat(holders("2001:db8:1::11", T0.plusSeconds(999))).hasSize(1);
    }

    @Test
    void endedLeaseIsNobodysAndItsIdIsNotUsedAgain() throws Exception {
        StoredLease lease = claimed(claim("mn1", "2001:db8:1::10"), T0);
        assertThat(end(lease, T0)).isEmpty();
        release(lease, T0.plusSeconds(1));
        assertThat(end(lease, T0.plusSeconds(2))).get().matches(ended -> ended.isOwnedBy("mn1"));
        assertThat(end(lease, T0.plusSeconds(2))).isEmpty();

        assertThat(all()).isEmpty();
        assertThat(of("mn1")).isEmpty();
        assertThat(firstUnused(SIXTEEN)).contains(lease.address());
        StoredLease next = claimed(claim("mn2", "2001:db8:1::10"), T0.plusSeconds(3));
        assertThat(next.id().lease()).isNotEqualTo(lease.id().lease());
        assertThat(release(lease, T0.plusSeconds(4))).isEmpty();
        assertThat(at("2001:db8:1::10")).get().matches(StoredLease::isHeld);
        assertThat(holders("2001:db8:1::10", T0)).hasSize(1);
    }

    @Test
    void leaseOfAnEarlierClaimIsNotEnded() throws Exception {
        StoredLease first = claimed(claim("mn1", "2001:db8:1::10"), T0);
        release(first, T0);
        release(claimed(claim("mn1", "2001:db8:1::10", "s2"), T0), T0);
        assertThat(end(first, T0)).isEmpty();
        assertThat(all()).hasSize(1);
    }

    @Test
    void restoredLeaseIsAsItWasElsewhereAndLeftOverIfHeld() throws Exception {
        StoredLease held = store.write(table ->
                table.restore(imported("mn1", "2001:db8:1::10", State.HELD, Optional.empty()), T0.plusSeconds(50)));
        assertThat(held.leftOverSince()).contains(T0.plusSeconds(50));
        assertThat(held.grantedAt()).isEqualTo(T0);
        StoredLease released = store.write(table -> table.restore(
                imported("mn1", "2001:db8:1::10", State.RELEASED, Optional.of(T0.plusSeconds(9))), T0.plusSeconds(51)));
        assertThat(released.releasedAt()).contains(T0.plusSeconds(9));
        assertThat(released.leftOverSince()).isEmpty();
        assertThat(released.id()).isEqualTo(new LeaseId(held.id().lease(), 2));
        assertThat(all()).containsExactly(released);
        assertThat(holders("2001:db8:1::10", T0.plusSeconds(8))).singleElement().satisfies(tenure -> {
            assertThat(tenure.until()).contains(T0.plusSeconds(9));
            assertThat(tenure.grant().authority()).isEqualTo(Authority.OPERATOR);
        });
    }

    private static ImportedLease imported(String owner, String address, State state, Optional<Instant> releasedAt) {
        return new ImportedLease(1, ip(address), 64, "home6", owner, "old-1", Requests.CARE_OF, state, T0, releasedAt);
    }

    private Optional<StoredLease> end(StoredLease lease, Instant now) throws StoreUnavailableException {
        return store.write(table -> table.end(lease.id(), Authority.OPERATOR, now));
    }

    private List<Tenure> holders(String address, Instant time) throws StoreUnavailableException {
        return store.read(view -> view.holdersAt(time, Optional.of(ip(address))));
    }

    protected static Claim claim(String owner, String address) {
        return claim(owner, address, "s1");
    }

    protected static Claim claim(String owner, String address, String session) {
        IpPrefix prefix = ip(address).isV6() ? HOME : IpPrefix.parse("10.0.0.0/24");
        return new Claim(
                ip(address), prefix, "home6", owner, session, Requests.CARE_OF, Authority.POOL, Optional.empty());
    }

    private static Claim displacing(String owner, StoredLease other) {
        return new Claim(
                other.address(), HOME, "home6", owner, "s9", Requests.CARE_OF, Authority.POOL, Optional.of(other.id()));
    }

    protected ClaimResult claim(Claim claim, Instant now) throws StoreUnavailableException {
        return store.write(table -> table.claim(claim, now));
    }

    protected StoredLease claimed(Claim claim, Instant now) throws StoreUnavailableException {
        return ((Claimed) claim(claim, now)).lease();
    }

    private Optional<StoredLease> release(StoredLease lease, Instant now) throws StoreUnavailableException {
        return store.write(table -> table.release(lease.id(), Authority.SESSION, now));
    }

    private List<StoredLease> releaseLeftOver(Instant until, Instant now) throws StoreUnavailableException {
        return store.write(table -> table.releaseLeftOver(until, now));
    }

    protected List<StoredLease> all() throws StoreUnavailableException {
        return store.read(LeaseView::all);
    }

    private List<StoredLease> of(String owner) throws StoreUnavailableException {
        return store.read(view -> view.of(owner));
    }

    protected Optional<StoredLease> at(String address) throws StoreUnavailableException {
        return store.read(view -> view.at(ip(address)));
    }

    private Optional<IpAddress> firstUnused(AddressRange range) throws StoreUnavailableException {
        return store.read(view -> view.firstUnused(range));
    }

    private Optional<IpAddress> longestReleased(Instant until) throws StoreUnavailableException {
        return store.read(view -> view.longestReleased(SIXTEEN, until)).map(StoredLease::address);
    }
}
