package org.homeport.core.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.homeport.core.message.MessageEncoder;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.PayloadType;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

class FragmentAssemblerTest {
    private static final List<Payload> PAYLOADS = List.of(new Payload.VendorId(Octets.utf8("0123456789abcdef")));
    private static final Octets PLAINTEXT = MessageEncoder.payloads(PAYLOADS);

    private final FragmentAssembler assembler = new FragmentAssembler();

    @Test
    void orderDoesNotMatter() throws WireException {
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            List<Unsealed.Fragment> fragments = new ArrayList<>(split(PLAINTEXT, 7));
            Collections.shuffle(fragments, random);
            FragmentAssembler fresh = new FragmentAssembler();
            for (Unsealed.Fragment fragment : fragments.subList(0, 6)) {
                assertThat(fresh.add(fragment)).isEmpty();
            }
            assertThat(fresh.add(fragments.getLast())).contains(PAYLOADS);
        }
    }

    @Test
    void oneFragmentMayBeAll() throws WireException {
        assertThat(assembler.add(split(PLAINTEXT, 1).getFirst())).contains(PAYLOADS);
    }

    @Test
    void duplicatesAreDiscarded() throws WireException {
        List<Unsealed.Fragment> fragments = split(PLAINTEXT, 2);
        Unsealed.Fragment other = new Unsealed.Fragment(PayloadType.VENDOR, 1, 2, Octets.utf8("other"));

        assertThat(assembler.add(fragments.get(0))).isEmpty();
        assertThat(assembler.add(fragments.get(0))).isEmpty();
        assertThat(assembler.add(other)).isEmpty();
        assertThat(assembler.add(fragments.get(1))).contains(PAYLOADS);
    }

    @Test
    void finerFragmentsReplaceCoarserOnes() throws WireException {
        List<Unsealed.Fragment> coarse = split(PLAINTEXT, 2);
        List<Unsealed.Fragment> fine = split(PLAINTEXT, 3);

        assertThat(assembler.add(coarse.get(0))).isEmpty();
        assertThat(assembler.add(fine.get(1))).isEmpty();
        assertThat(assembler.add(coarse.get(0))).isEmpty();
        assertThat(assembler.add(fine.get(0))).isEmpty();
        assertThat(assembler.add(fine.get(2))).contains(PAYLOADS);
    }

    @Test
    void aMessageIsGivenOnce() throws WireException {
        for (Unsealed.Fragment fragment : split(PLAINTEXT, 2)) {
            Optional<List<Payload>> unused = assembler.add(fragment);
        }

        for (Unsealed.Fragment fragment : split(PLAINTEXT, 2)) {
            assertThat(assembler.add(fragment)).isEmpty();
        }
        assertThat(assembler.add(split(PLAINTEXT, 1).getFirst())).isEmpty();
    }

    @Test
    void tooManyFragmentsAreRefused() throws WireException {
        Unsealed.Fragment many = new Unsealed.Fragment(PayloadType.VENDOR, 1, 65, Octets.EMPTY);
        Unsealed.Fragment bearable = new Unsealed.Fragment(PayloadType.VENDOR, 1, 64, Octets.EMPTY);

        assertThatThrownBy(() -> assembler.add(many)).isInstanceOf(WireException.class);
        assertThat(assembler.add(bearable)).isEmpty();
    }

    @Test
    void tooManyOctetsAreRefused() throws WireException {
        Octets half = Octets.zeros(0x8000);
        assertThat(assembler.add(new Unsealed.Fragment(PayloadType.VENDOR, 1, 3, half)))
                .isEmpty();

        assertThatThrownBy(() -> assembler.add(new Unsealed.Fragment(PayloadType.NONE, 2, 3, half)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("65535");
    }

    @Test
    void malformedContentIsTheSendersMistake() {
        assertThatThrownBy(() ->
                        assembler.add(new Unsealed.Fragment(PayloadType.VENDOR, 1, 1, Octets.fromHex("000000ff"))))
                .isInstanceOf(WireException.class);
    }

    private static List<Unsealed.Fragment> split(Octets plaintext, int total) {
        int size = Math.ceilDiv(plaintext.length(), total);
        List<Unsealed.Fragment> fragments = new ArrayList<>();
        for (int i = 0; i < total; i++) {
            fragments.add(new Unsealed.Fragment(
                    i == 0 ? PayloadType.VENDOR : PayloadType.NONE,
                    i + 1,
                    total,
                    plaintext.slice(
                            Math.min(i * size, plaintext.length()), Math.min((i + 1) * size, plaintext.length()))));
        }
        return fragments;
    }
}
