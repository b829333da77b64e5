package org.homeport.eap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

class NaiTest {
    @Test
    void realmUserAndDomainAreTakenApart() throws WireException {
        Nai nai = Nai.of(Octets.utf8("BIGCO\\mn1@Home.Example"));
        assertThat(nai.realm()).contains("Home.Example");
        assertThat(nai.windowsDomain()).contains("BIGCO");
        assertThat(nai.user()).isEqualTo("mn1");
        assertThat(nai.key()).isEqualTo("BIGCO\\mn1@home.example");
        assertThat(new Nai("mn1").realm()).isEmpty();
        assertThat(new Nai("mn1@").realm()).isEmpty();
        assertThat(new Nai("@home.example").user()).isEqualTo("@home.example");
    }

    @Test
    void whatIsNoNameIsRefusedInWords() {
        refused(Octets.utf8("mn1\0@home.example"), "U+0000 at position 3");
        refused(Octets.utf8("a".repeat(254)), "254 octets");
        refused(Octets.utf8("\u00e9".repeat(127)), "254 octets");
        refused(Octets.of(0x6d, 0xff, 0xfe), "not UTF-8");
        refused(Octets.of(0xc0, 0x80), "not UTF-8");
        refused(Octets.EMPTY, "empty");
    }

    @Test
    void longestNameIsTaken() throws WireException {
        assertThat(Nai.of(Octets.utf8("a".repeat(253))).text()).hasSize(253);
    }

    private static void refused(Octets octets, String why) {
        assertThatThrownBy(() -> Nai.of(octets))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(why);
    }
}
