package org.homeport.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which EAP methods may be the only proof (RFC 5998 section 4). */
class MethodStrengthTest {
    @ParameterizedTest
    @ValueSource(strings = {"TLS", "TTLS", "PEAP", "AKA", "AKA'", "PSK", "GPSK", "PWD"})
    void mutualKeyGeneratingMethodsStandAlone(String method) {
        assertThat(MethodStrength.of(method)).isEqualTo(MethodStrength.STANDS_ALONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MSCHAPV2", "MD5", "GTC", "OTP", "TEST", ""})
    void passwordMethodsNeedAProvedResponder(String method) {
        assertThat(MethodStrength.of(method)).isEqualTo(MethodStrength.NEEDS_PROVED_RESPONDER);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 26, 29, 200, 254, 255})
    void requestOfAWeakOrUnknownMethodIsSeen(int type) {
        assertThat(MethodStrength.asked(Octets.of(1, 1, 0, 5, type))).contains(MethodStrength.NEEDS_PROVED_RESPONDER);
    }

    @Test
    void requestOfAStrongMethodIsSeen() {
        assertThat(MethodStrength.asked(Octets.of(1, 1, 0, 6, 13, 0x20))).contains(MethodStrength.STANDS_ALONE);
    }

    @Test
    void identityNotificationAndResultsAreOfNoMethod() {
        assertThat(MethodStrength.asked(Octets.of(1, 1, 0, 5, 1))).isEmpty();
        assertThat(MethodStrength.asked(Octets.of(1, 1, 0, 5, 2))).isEmpty();
        assertThat(MethodStrength.asked(Octets.of(3, 1, 0, 4))).isEmpty();
        assertThat(MethodStrength.asked(Octets.of(4, 1, 0, 4))).isEmpty();
        assertThat(MethodStrength.asked(Octets.EMPTY)).isEmpty();
    }
}
