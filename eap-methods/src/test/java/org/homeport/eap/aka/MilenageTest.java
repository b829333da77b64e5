package org.homeport.eap.aka;

import static org.assertj.core.api.Assertions.assertThat;

import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

/** All test sets of 3GPP TS 35.208 section 4.3. */
class MilenageTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/ts35208/milenage.csv", numLinesToSkip = 1)
    void conformanceSetsComeOut(ArgumentsAccessor set) {
        Secret k = Secret.copyOf(hex(set, 1));
        Octets rand = hex(set, 2);
        Octets sqn = hex(set, 3);
        Octets amf = hex(set, 4);
        Secret opc = Milenage.opc(k, Secret.copyOf(hex(set, 5)));
        assertThat(opc.expose()).isEqualTo(hex(set, 6));
        Milenage milenage = Milenage.of(k, opc);
        assertThat(milenage.f1(rand, sqn, amf)).isEqualTo(hex(set, 7));
        assertThat(milenage.f1star(rand, sqn, amf)).isEqualTo(hex(set, 8));
        assertThat(milenage.f2(rand)).isEqualTo(hex(set, 9));
        assertThat(milenage.f3(rand).expose()).isEqualTo(hex(set, 10));
        assertThat(milenage.f4(rand).expose()).isEqualTo(hex(set, 11));
        assertThat(milenage.f5(rand)).isEqualTo(hex(set, 12));
        assertThat(milenage.f5star(rand)).isEqualTo(hex(set, 13));
    }

    private static Octets hex(ArgumentsAccessor set, int column) {
        return Octets.fromHex(set.getString(column));
    }
}
