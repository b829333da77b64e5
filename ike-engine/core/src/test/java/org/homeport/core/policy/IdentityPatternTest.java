package org.homeport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.homeport.core.auth.PeerIdentity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityPatternTest {
    private static boolean matches(String pattern, String identity) {
        return new IdentityPattern(pattern).matches(PeerIdentity.parse(identity));
    }

    @ParameterizedTest
    @CsvSource({
        "HA.Example.ORG, ha.example.org",
        "ha.example.org, HA.EXAMPLE.ORG",
        "mn1@example.org, mn1@Example.Org",
        "*@Example.org, MN1@example.ORG",
        "*.example.org, ha.EXAMPLE.org",
        "*1@example.org, mn1@Example.org",
    })
    void namesAndRealmsCompareWithoutCase(String pattern, String identity) {
        assertThat(matches(pattern, identity)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "mn1@example.org, MN1@example.org",
        "*n1@example.org, MN1@example.org",
        "*@bank.org, mn1@ban\u212a.org",
        "ha.example.org, mn1@ha.example.org",
    })
    void usersAndLettersOfOtherAlphabetsCompareExactly(String pattern, String identity) {
        assertThat(matches(pattern, identity)).isFalse();
    }
}
