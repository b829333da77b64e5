package org.homeport.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.homeport.kit.RandomSource;
import org.homeport.xfrm.XfrmCheck.Finding;
import org.homeport.xfrm.XfrmCheck.Verdict;
import org.homeport.xfrm.netlink.Errno;
import org.junit.jupiter.api.Test;

class XfrmCheckTest {
    private final InMemoryKernel kernel = new InMemoryKernel();

    @Test
    void kernelWithEverythingIsGoodAndNothingStays() {
        List<Finding> findings = check(sa -> 0);
        assertThat(findings).hasSize(9).allMatch(f -> f.verdict() == Verdict.GOOD);
        assertThat(XfrmCheck.usable(findings)).isTrue();
        assertThat(kernel.isEmpty()).isTrue();
    }

    @Test
    void kernelWithoutEspIsUnusableAndSaysWhatToLoad() {
        List<Finding> findings = check(sa -> Errno.EPROTONOSUPPORT);
        assertThat(findings)
                .extracting(Finding::sentence)
                .containsExactly(
                        "The kernel has no ESP for IPv6 (EPROTONOSUPPORT): load esp6 or enable CONFIG_INET6_ESP",
                        "The kernel has no ESP for IPv4 (EPROTONOSUPPORT): load esp4 or enable CONFIG_INET_ESP");
        assertThat(XfrmCheck.usable(findings)).isFalse();
    }

    @Test
    void oneFamilyIsEnoughToBeUsable() {
        List<Finding> findings = check(sa -> sa.source().isV6() ? Errno.EPROTONOSUPPORT : 0);
        assertThat(findings).extracting(Finding::verdict).startsWith(Verdict.LIMITED, Verdict.GOOD);
        assertThat(findings).hasSize(9);
        assertThat(XfrmCheck.usable(findings)).isTrue();
    }

    @Test
    void missingAlgorithmIsNamed() {
        List<Finding> findings = check(sa -> switch (sa.algorithm()) {
            case KernelAlgorithm.Aead aead -> aead.name().contains("chacha20") ? Errno.ENOSYS : 0;
            case KernelAlgorithm.Pair _ -> 0;
        });
        assertThat(findings)
                .filteredOn(f -> f.verdict() == Verdict.LIMITED)
                .singleElement()
                .satisfies(f ->
                        assertThat(f.sentence()).contains("CHACHA20_POLY1305").contains("ENOSYS"));
    }

    private List<Finding> check(Function<SaSpec, Integer> refusal) {
        kernel.refusal = refusal;
        return new XfrmCheck(kernel, XfrmSettings.DEFAULT, RandomSource.of(new Random(1))).findings();
    }
}
