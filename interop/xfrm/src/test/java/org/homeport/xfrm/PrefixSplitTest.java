package org.homeport.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixSplitTest {
    @ParameterizedTest
    @CsvSource({
        "::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ::/0",
        "0.0.0.0, 255.255.255.255, 0.0.0.0/0",
        "2001:db8::, 2001:db8::ffff:ffff:ffff:ffff, 2001:db8::/64",
        "2001:db8::1, 2001:db8::1, 2001:db8::1/128",
        "10.0.0.1, 10.0.0.6, 10.0.0.1/32 10.0.0.2/31 10.0.0.4/31 10.0.0.6/32",
        "10.0.0.255, 10.0.1.0, 10.0.0.255/32 10.0.1.0/32",
        "128.0.0.0, 255.255.255.255, 128.0.0.0/1",
        "0.0.0.0, 255.255.255.254, 0.0.0.0/1 128.0.0.0/2 192.0.0.0/3 224.0.0.0/4 240.0.0.0/5 248.0.0.0/6 252.0.0.0/7 "
                + "254.0.0.0/8 255.0.0.0/9 255.128.0.0/10 255.192.0.0/11 255.224.0.0/12 255.240.0.0/13 255.248.0.0/14 "
                + "255.252.0.0/15 255.254.0.0/16 255.255.0.0/17 255.255.128.0/18 255.255.192.0/19 255.255.224.0/20 "
                + "255.255.240.0/21 255.255.248.0/22 255.255.252.0/23 255.255.254.0/24 255.255.255.0/25 "
                + "255.255.255.128/26 255.255.255.192/27 255.255.255.224/28 255.255.255.240/29 255.255.255.248/30 "
                + "255.255.255.252/31 255.255.255.254/32",
    })
    void rangeIsTheFewestPrefixes(String first, String last, String prefixes) {
        assertThat(PrefixSplit.of(IpAddress.parse(first), IpAddress.parse(last)))
                .isEqualTo(List.of(prefixes.split(" ")).stream()
                        .map(IpPrefix::parse)
                        .toList());
    }

    @Test
    void theWorstRangeTakesTwicePrefixesPerBitLessTwo() {
        assertThat(PrefixSplit.of(IpAddress.parse("::1"), IpAddress.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe")))
                .hasSize(254);
    }

    @Test
    void rangeTheWrongWayRoundHasNone() {
        assertThat(PrefixSplit.of(IpAddress.parse("10.0.0.2"), IpAddress.parse("10.0.0.1")))
                .isEmpty();
    }
}
