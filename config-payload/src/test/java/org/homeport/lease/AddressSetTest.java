package org.homeport.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.junit.jupiter.api.Test;

class AddressSetTest {
    @Test
    void overlappingAndTouchingRangesBecomeOne() {
        assertThat(set("10.0.0.8-10.0.0.9", "10.0.0.1-10.0.0.3", "10.0.0.4", "10.0.0.2-10.0.0.2"))
                .hasToString("[10.0.0.1-10.0.0.4, 10.0.0.8-10.0.0.9]");
        assertThat(set("ffff:ffff:ffff:ffff::/64", "ffff:ffff:ffff:ffff::5").ranges())
                .containsExactly(AddressRange.parse("ffff:ffff:ffff:ffff::/64"));
    }

    @Test
    void aSlash64IsOneRange() {
        AddressSet set = set("2001:db8::/64").minus(SpecialAddresses.of(IpPrefix.parse("2001:db8::/64")));
        assertThat(set.ranges()).hasSize(3);
        assertThat(set.size())
                .isEqualTo(BigInteger.TWO
                        .pow(64)
                        .subtract(BigInteger.valueOf(1 + 128))
                        .subtract(BigInteger.TWO.pow(24)));
        assertThat(set.startingAt(set.size().subtract(BigInteger.ONE)).getFirst())
                .hasToString("2001:db8::ffff:ffff:ffff:ffff");
    }

    @Test
    void specialAddressesAreThoseOfTheRfcs() {
        assertThat(special("2001:db8:1::/64"))
                .containsExactly(
                        "2001:db8:1::",
                        "2001:db8:1:0:fdff:ffff:ffff:ff80-2001:db8:1:0:fdff:ffff:ffff:ffff",
                        "2001:db8:1:0:200:5eff:fe00:0-2001:db8:1:0:200:5eff:feff:ffff");
        assertThat(special("2001:db8:1::/96"))
                .containsExactly("2001:db8:1::", "2001:db8:1::ffff:ff80-2001:db8:1::ffff:ffff");
        assertThat(special("2001:db8:1::/124")).containsExactly("2001:db8:1::");
        assertThat(special("2001:db8:1::/127")).isEmpty();
        assertThat(special("10.0.0.0/24")).containsExactly("10.0.0.0", "10.0.0.255");
        assertThat(special("10.0.0.0/31")).isEmpty();
    }

    @Test
    void agreesWithASetOfSingleAddresses() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            TreeSet<IpAddress> expected = new TreeSet<>();
            List<AddressRange> ranges = randomRanges(random);
            List<AddressRange> holes = randomRanges(random);
            ranges.forEach(range -> expected.addAll(addresses(range).toList()));
            holes.forEach(hole -> addresses(hole).forEach(expected::remove));

            AddressSet set = AddressSet.of(ranges).minus(holes);

            assertThat(set.ranges().stream().flatMap(AddressSetTest::addresses)).containsExactlyElementsOf(expected);
            assertThat(set.size()).isEqualTo(BigInteger.valueOf(expected.size()));
            for (int i = 0; i < 64; i++) {
                assertThat(set.contains(address(i))).isEqualTo(expected.contains(address(i)));
            }
            if (!expected.isEmpty()) {
                int start = random.nextInt(expected.size());
                List<IpAddress> around = new ArrayList<>(expected);
                Collections.rotate(around, -start);
                assertThat(set.startingAt(BigInteger.valueOf(start)).stream().flatMap(AddressSetTest::addresses))
                        .containsExactlyElementsOf(around);
            }
        }
    }

    @Test
    void aRangeReadsAsPeopleWriteIt() {
        assertThat(AddressRange.parse("10.0.0.1 - 10.0.0.9")).hasToString("10.0.0.1-10.0.0.9");
        assertThat(AddressRange.parse("10.0.0.0/30")).hasToString("10.0.0.0-10.0.0.3");
        assertThatThrownBy(() -> AddressRange.parse("10.0.0.9-10.0.0.1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not from 10.0.0.9 to 10.0.0.1");
    }

    private static AddressSet set(String... ranges) {
        return AddressSet.of(Stream.of(ranges).map(AddressRange::parse).toList());
    }

    private static List<String> special(String prefix) {
        return SpecialAddresses.of(IpPrefix.parse(prefix)).stream()
                .map(AddressRange::toString)
                .toList();
    }

    private static List<AddressRange> randomRanges(Random random) {
        return IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> {
                    int first = random.nextInt(64);
                    return new AddressRange(address(first), address(Math.min(63, first + random.nextInt(12))));
                })
                .toList();
    }

    private static Stream<IpAddress> addresses(AddressRange range) {
        return IntStream.range(0, range.size().intValueExact()).mapToObj(i -> range.at(BigInteger.valueOf(i)));
    }

    private static IpAddress address(int last) {
        return IpAddress.parse("2001:db8::" + Integer.toHexString(last));
    }
}
