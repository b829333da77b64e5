package org.homeport.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.lease.Requests.ip;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseFilterTest {
    @ParameterizedTest
    @CsvSource({
        "alice@example.org, alice@example.org, true",
        "alice@example.org, Alice@example.org, false",
        "*@example.org, alice@example.org, true",
        "*@example.org, alice@exampleXorg, false",
        "alice*, alice@example.org, true",
        "*ali*org, alice@example.org, true",
        "*, alice@example.org, true",
        ".*, alice@example.org, false",
        "a\\E*, alice, false",
    })
    void starStandsForAnything(String pattern, String owner, boolean accepted) {
        LeaseFilter filter = new LeaseFilter(Optional.empty(), Optional.of(pattern));
        assertThat(filter.accepts(ip("2001:db8::1"), owner)).isEqualTo(accepted);
    }
}
