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
        assertThat(store.<Optional<StoredLease>>write(table -> table.release(new LeaseId(99, 1), T0)))
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

    protected static Claim claim(String owner, String address) {
        return claim(owner, address, "s1");
    }

    protected static Claim claim(String owner, String address, String session) {
        IpPrefix prefix = ip(address).isV6() ? HOME : IpPrefix.parse("10.0.0.0/24");
        return new Claim(ip(address), prefix, "home6", owner, session, Requests.CARE_OF, Optional.empty());
    }

    private static Claim displacing(String owner, StoredLease other) {
        return new Claim(other.address(), HOME, "home6", owner, "s9", Requests.CARE_OF, Optional.of(other.id()));
    }

    protected ClaimResult claim(Claim claim, Instant now) throws StoreUnavailableException {
        return store.write(table -> table.claim(claim, now));
    }

    protected StoredLease claimed(Claim claim, Instant now) throws StoreUnavailableException {
        return ((Claimed) claim(claim, now)).lease();
    }

    private Optional<StoredLease> release(StoredLease lease, Instant now) throws StoreUnavailableException {
        return store.write(table -> table.release(lease.id(), now));
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
