package org.homeport.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.lease.Requests.by;
import static org.homeport.lease.Requests.ip;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.RandomSource;
import org.homeport.lease.Plan.Basis;
import org.homeport.lease.sqlite.SqliteLeaseStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeasePlannerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Duration REST = Duration.ofMinutes(10);
    private static final Pools POOLS = Pools.of(
            List.of(
                    PoolDefinition.of("home6", IpPrefix.parse("2001:db8:1::/64"))
                            .withRanges(AddressRange.parse("2001:db8:1::10-2001:db8:1::13"))
                            .withReservations(Map.of(
                                    "vip", List.of(ip("2001:db8:1::a"), ip("2001:db8:1::b")),
                                    "vip2", List.of(ip("2001:db8:1::c"))))
                            .withDns(ip("2001:db8::53")),
                    PoolDefinition.of("gold6", IpPrefix.parse("2001:db8:2::/64"))
                            .withExclusions(AddressRange.parse("2001:db8:2::-2001:db8:2::ffff")),
                    PoolDefinition.of("home4", IpPrefix.parse("10.1.0.0/30"))),
            Set.of(ip("2001:db8:1::1"), ip("2001:db8:1::11")));

    @TempDir
    private Path directory;

    private LeaseStore store;

    @BeforeEach
    void open() throws StoreUnavailableException {
        store = SqliteLeaseStore.open(directory.resolve("leases.db"), "ha1", NOW);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /**
     * @param before what happened, as "identity address held" or "identity address minutes-since-release"
     * @param expected basis and address, {@code *} for any rest; or the reason why not
     */
    record Row(String behaviour, List<String> before, Requests request, String expected) {
        @Override
        public String toString() {
            return behaviour;
        }
    }

    static Stream<Row> table() {
        return Stream.of(
                row("anybodyGetsAnUnusedAddress", by("mn1"), "UNUSED ::13", "mn2 ::10 held", "mn3 ::12 held"),
                row("anUnusedOneGoesBeforeAReleasedOne", by("mn1"), "UNUSED ::13", "mn2 ::10 held", "mn3 ::12 60"),
                row(
                        "thenTheOneReleasedLongest",
                        by("mn1"),
                        "LONGEST_RELEASED ::13",
                        "a ::10 20",
                        "b ::12 30",
                        "c ::13 40"),
                row(
                        "butNotWhileItRests",
                        by("mn1"),
                        "pool home6 exhausted: 1 of 3 addresses in use, 2 released too recently",
                        "a ::10 held",
                        "b ::12 9",
                        "c ::13 1"),
                row(
                        "aFullPoolSaysSo",
                        by("mn1"),
                        "pool home6 exhausted: 3 of 3 addresses in use",
                        "a ::10 held",
                        "b ::12 held",
                        "c ::13 held"),
                row("whatItHadBeforeComesBack", by("mn1"), "HAD_BEFORE ::12", "mn1 ::12 9999", "mn2 ::13 60"),
                row("theLatestOfSeveral", by("mn1"), "HAD_BEFORE ::13", "mn1 ::12 99", "mn1 ::13 60"),
                row("aSecondSessionSharesTheLease", by("mn1").in("s2"), "HELD ::12", "mn1 ::12 held", "mn1 ::13 60"),
                row("evenIfItProposesAnother", by("mn1").proposing("2001:db8:1::13"), "HELD ::12", "mn1 ::12 held"),
                row("aProposalIsGranted", by("mn1").proposing("2001:db8:1::13"), "PROPOSED ::13"),
                row(
                        "aProposalGoesBeforeWhatItHad",
                        by("mn1").proposing("2001:db8:1::13"),
                        "PROPOSED ::13",
                        "mn1 ::12 5"),
                row("lowOrderOctetsAreCompleted", by("mn1").proposing("::13"), "PROPOSED ::13"),
                row("theUnspecifiedAddressProposesNothing", by("mn1").proposing("::"), "HAD_BEFORE ::12", "mn1 ::12 5"),
                row(
                        "theFirstProposalThatWorks",
                        by("mn1").proposing("2001:db8:1::12", "2001:db8:9::1", "2001:db8:1::13"),
                        "PROPOSED ::13",
                        "mn2 ::12 held"),
                row(
                        "aProposalOfSomebodyElsesReleasedAddressIsPassedOver",
                        by("mn1").proposing("2001:db8:1::12"),
                        "UNUSED ::13",
                        "mn2 ::12 99",
                        "mn3 ::10 held"),
                row(
                        "aProposalOfTheHomeAgentsOwnAddressIsPassedOver",
                        by("mn1").proposing("2001:db8:1::11", "2001:db8:1::1"),
                        "UNUSED ::13",
                        "mn2 ::10 held",
                        "mn3 ::12 held"),
                row(
                        "aProposalOfAReservedAddressIsPassedOver",
                        by("mn1").proposing("2001:db8:1::a").from("home6"),
                        "UNUSED ::13",
                        "mn2 ::10 held",
                        "mn3 ::12 held"),
                row(
                        "aProposalOfTheSubnetRouterOrHomeAgentsAnycastIsPassedOver",
                        by("mn1").from("gold6").proposing("2001:db8:2::", "2001:db8:2::fdff:ffff:ffff:fffe"),
                        "UNUSED *"),
                row("aReservationGoesFirst", by("vip"), "RESERVED ::a", "vip ::12 99"),
                row("alsoBeforeAProposal", by("vip").proposing("2001:db8:1::12"), "RESERVED ::a"),
                row("ofItsReservationsItMayChoose", by("vip").proposing("2001:db8:1::b"), "RESERVED ::b"),
                row("andKeepsTheOneItHolds", by("vip").in("s2"), "RESERVED ::b", "vip ::b held"),
                row("ifOneIsTakenTheOther", by("vip"), "RESERVED ::b", "squatter ::a held"),
                row("aReservationDisplacesAReleasedLease", by("vip2"), "RESERVED ::c", "squatter ::c 0"),
                row(
                        "aReservedIdentityGetsNothingElse",
                        by("vip2"),
                        "the addresses configured for vip2 cannot be given: 2001:db8:1::c is held by another identity",
                        "squatter ::c held"),
                row("aaaAssigns", by("mn1").assigned("2001:db8:1::77").proposing("2001:db8:1::12"), "ASSIGNED ::77"),
                row("aaaMayAssignWhatPoolsExclude", by("mn1").assigned("2001:db8:2::7"), "ASSIGNED 2001:db8:2::7"),
                row("aaaMayAssignTheIdentitysReservation", by("vip").assigned("2001:db8:1::b"), "RESERVED ::a"),
                row(
                        "aaaCannotAssignAnothersReservation",
                        by("mn1").assigned("2001:db8:1::a"),
                        "the addresses configured for mn1 cannot be given:"
                                + " 2001:db8:1::a is reserved for another identity"),
                row(
                        "norWhatIsNobodysHomePrefixOrNoNode",
                        by("mn1").assigned("2001:db8:9::1", "2001:db8:1::"),
                        "the addresses configured for mn1 cannot be given:"
                                + " 2001:db8:9::1 is no node's address in any pool's prefix;"
                                + " 2001:db8:1:: is no node's address in any pool's prefix"),
                row(
                        "norWhatAnotherHolds",
                        by("mn1").assigned("2001:db8:1::12"),
                        "the addresses configured for mn1 cannot be given: 2001:db8:1::12 is held by another identity",
                        "mn2 ::12 held"),
                row("anAddressOfTheOtherFamilyDoesNotCount", by("mn1").assigned("10.1.0.1"), "UNUSED *"),
                row("aaasPoolsGoFirst", by("mn1").withAaaPools("gold6"), "UNUSED 2001:db8:2:*"),
                row("unknownPoolsAreSkipped", by("mn1").withAaaPools("platinum").from("nowhere", "home6"), "UNUSED *"),
                row(
                        "noPoolAtAll",
                        by("mn1").withAaaPools("home4").from("nowhere"),
                        "no IPV6 pool for [nowhere] or, from AAA, [home4]"),
                row(
                        "whenTheFirstPoolIsFullTheNext",
                        by("mn1").from("home6", "gold6"),
                        "UNUSED 2001:db8:2:*",
                        "a ::10 held",
                        "b ::12 held",
                        "c ::13 held"),
                row(
                        "whatItHoldsInTheSecondPoolItKeeps",
                        by("mn1").from("home6", "gold6"),
                        "HELD 2001:db8:2:0:1::5",
                        "mn1 2001:db8:2:0:1::5 held"),
                row(
                        "aLeaseOutsideItsPoolsIsLeftAlone",
                        by("mn1").from("home6"),
                        "UNUSED ::1*",
                        "mn1 2001:db8:2:0:1::5 held"));
    }

    private static Row row(String behaviour, Requests request, String expected, String... before) {
        return new Row(behaviour, List.of(before), request, expected);
    }

    @ParameterizedTest
    @MethodSource("table")
    void ranks(Row row) throws Exception {
        for (String event : row.before) {
            happened(event.split(" "));
        }
        String plan = switch (plan(row.request, Family.IPV6, 1)) {
            case Plan.Nothing(String reason) -> reason;
            case Plan.Take take ->
                take.basis() + " " + take.address().toString().replace("2001:db8:1::", "::");
        };
        assertThat(plan).matches(Pattern.quote(row.expected).replace("*", "\\E.*\\Q"));
    }

    @Test
    void everyOpenAddressIsFoundAndNoOther() throws Exception {
        Set<String> given = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            Requests request = by("mn" + i);
            Plan.Take take = (Plan.Take) plan(request, Family.IPV6, i);
            assertThat(take.basis()).isEqualTo(Basis.UNUSED);
            given.add(take.address().toString());
            happened(request.identity(), take.address().toString(), "held");
        }
        assertThat(given).containsExactly("2001:db8:1::10", "2001:db8:1::12", "2001:db8:1::13");
        assertThat(plan(by("late"), Family.IPV6, 9)).isInstanceOf(Plan.Nothing.class);
    }

    @Test
    void ipv4NeverGivesNetworkOrBroadcast() throws Exception {
        Set<String> planned = new TreeSet<>();
        for (int seed = 0; seed < 50; seed++) {
            planned.add(((Plan.Take) plan(by("mn").from("home6", "home4"), Family.IPV4, seed))
                    .address()
                    .toString());
        }
        assertThat(planned).containsExactly("10.1.0.1", "10.1.0.2");
    }

    @Test
    void addressesOfASlash64AreSpreadAndRepeatableFromASeed() throws Exception {
        Set<String> planned = new TreeSet<>();
        for (int seed = 0; seed < 50; seed++) {
            Plan.Take take = (Plan.Take) plan(by("mn").from("gold6"), Family.IPV6, seed);
            assertThat(take).isEqualTo(plan(by("mn").from("gold6"), Family.IPV6, seed));
            planned.add(take.address().toString());
        }
        assertThat(planned).hasSize(50);
    }

    @Test
    void aThousandProposalsAreNotLookedAt() throws Exception {
        Requests greedy = by("mn1");
        for (int i = 0; i < 1_000; i++) {
            greedy = greedy.proposing("2001:db8:1::ff");
        }
        assertThat(((Plan.Take) plan(greedy.proposing("2001:db8:1::13"), Family.IPV6, 1)).basis())
                .isEqualTo(Basis.UNUSED);
    }

    private Plan plan(Requests request, Family family, int seed) throws StoreUnavailableException {
        LeasePlanner planner = new LeasePlanner(POOLS, REST, RandomSource.of(new Random(seed)));
        return store.read(view -> planner.plan(request.request(), family, view, NOW));
    }

    private void happened(String... event) throws StoreUnavailableException {
        String address = event[1].startsWith("::") ? "2001:db8:1" + event[1] : event[1];
        Claim claim = new Claim(
                ip(address),
                IpPrefix.parse("2001:db8:1::/64"),
                "home6",
                event[0],
                "earlier",
                Requests.CARE_OF,
                Authority.POOL,
                Optional.empty());
        store.write(table -> {
            ClaimResult.Claimed claimed = (ClaimResult.Claimed) table.claim(claim, NOW.minus(Duration.ofDays(30)));
            if (!event[2].equals("held")) {
                table.release(
                        claimed.lease().id(),
                        Authority.SESSION,
                        NOW.minus(Duration.ofMinutes(Integer.parseInt(event[2]))));
            }
            return claimed;
        });
    }
}
