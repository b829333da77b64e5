package org.homeport.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.homeport.lease.Requests.ip;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.homeport.kit.IpPrefix;
import org.junit.jupiter.api.Test;

class PoolsTest {
    private static final PoolDefinition HOME = PoolDefinition.of("home6", IpPrefix.parse("2001:db8:1::/64"))
            .withRanges(AddressRange.parse("2001:db8:1::10-2001:db8:1::1f"));

    @Test
    void whatIsReservedInOnePoolIsOpenInNone() {
        PoolDefinition vips = PoolDefinition.of("vips", HOME.prefix())
                .withExclusions(AddressRange.of(HOME.prefix()))
                .withReservations(Map.of("vip", List.of(ip("2001:db8:1::12"))));
        Pools pools = pools(HOME, vips);

        assertThat(pools.named("home6").orElseThrow().open())
                .hasToString("[2001:db8:1::10-2001:db8:1::11, 2001:db8:1::13-2001:db8:1::1f]");
        assertThat(pools.named("vips").orElseThrow().open().isEmpty()).isTrue();
        assertThat(pools.named("vips").orElseThrow().all()).hasToString("[2001:db8:1::12]");
    }

    @Test
    void theHomeAgentsOwnAddressIsOpenInNone() {
        Pools pools = Pools.of(List.of(HOME), Set.of(ip("2001:db8:1::1f"), ip("10.0.0.1")));
        assertThat(pools.named("home6").orElseThrow().open()).hasToString("[2001:db8:1::10-2001:db8:1::1e]");
    }

    @Test
    void mistakesNameThePoolTheValueAndWhatIsExpected() {
        wrong("pool home6: this name is given twice", HOME, HOME);
        wrong(
                "pool home6: 2001:db8:2::1 is not inside 2001:db8:1::/64",
                HOME.withRanges(AddressRange.parse("2001:db8:2::1")));
        wrong(
                "pool home6: 10.0.0.1 is not inside 2001:db8:1::/64",
                HOME.withExclusions(AddressRange.parse("10.0.0.1")));
        wrong(
                "pool home6: 2001:db8:2::1, reserved for vip, is not inside 2001:db8:1::/64",
                HOME.withReservations(Map.of("vip", List.of(ip("2001:db8:2::1")))));
        wrong(
                "pool home6: 2001:db8:1::, reserved for vip, is an anycast, network or broadcast address or the home"
                        + " agent's own",
                HOME.withReservations(Map.of("vip", List.of(ip("2001:db8:1::")))));
        wrong("pool home6: no address is left to give out", HOME.withExclusions(AddressRange.of(HOME.prefix())));
        assertThatThrownBy(() -> pools(HOME.withReservations(
                        Map.of("vip", List.of(ip("2001:db8:1::5")), "vip2", List.of(ip("2001:db8:1::5"))))))
                .hasMessageMatching("pool home6: 2001:db8:1::5 is reserved for vip2? and for vip2?");
    }

    private static void wrong(String message, PoolDefinition... definitions) {
        assertThatThrownBy(() -> pools(definitions))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Pools pools(PoolDefinition... definitions) {
        return Pools.of(Stream.of(definitions).toList(), Set.of());
    }
}
