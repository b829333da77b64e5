package org.homeport.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.xfrm.Plans.COA;
import static org.homeport.xfrm.Plans.HA;
import static org.homeport.xfrm.Plans.REQID;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.core.child.SaOutcome;
import org.junit.jupiter.api.Test;

class XfrmSweepTest {
    private static final SaCounters.Traffic NOTHING = new SaCounters.Traffic(0, 0, 0, 0, Optional.empty());
    private static final int SHARED_WITH_MIP6D = 17;

    private final InMemoryKernel kernel = new InMemoryKernel();

    @Test
    void whatACrashedRunLeftGoesAndWhatIsSomebodyElsesStays() throws Exception {
        SaOutcome outcome = new KernelChildren(kernel, XfrmSettings.DEFAULT, XfrmObserver.NONE)
                .install(Plans.tunnel(REQID, 1000, 2000), Optional.empty());
        assertThat(outcome).isEqualTo(new SaOutcome.Installed());
        kernel.foreignSas.add(sa(3000, SaStatus.ESP, 1));
        kernel.foreignSas.add(sa(0, SaStatus.ESP, REQID));
        kernel.foreignPolicies.add(policy(1));
        kernel.foreignPolicies.add(policy());

        XfrmSweep.Swept swept = XfrmSweep.sweep(kernel, XfrmSettings.DEFAULT);
        assertThat(swept.policies()).isEqualTo(3);
        SaCounters.Traffic counted = new SaCounters.Traffic(100, 1, 0, 0, Optional.empty());
        assertThat(swept.sas())
                .containsExactlyInAnyOrder(
                        new XfrmSweep.SweptSa(HA, 1000, counted), new XfrmSweep.SweptSa(COA, 2000, counted));
        assertThat(kernel.isEmpty()).isTrue();
        assertThat(kernel.foreignSas).as("another's, and a larval one").hasSize(2);
        assertThat(kernel.foreignPolicies).hasSize(2);
        assertThat(XfrmSweep.sweep(kernel, XfrmSettings.DEFAULT).nothing()).isTrue();
    }

    @Test
    void underASharedReqidOnlyTheEspSasAreOurs() throws Exception {
        int homeAddressOption = 60;
        kernel.foreignSas.add(sa(3000, SaStatus.ESP, SHARED_WITH_MIP6D));
        kernel.foreignSas.add(sa(0, homeAddressOption, SHARED_WITH_MIP6D));
        kernel.foreignPolicies.add(policy(SHARED_WITH_MIP6D));
        XfrmSettings besideMip6d = new XfrmSettings(ReqidRange.DEFAULT, Set.of(SHARED_WITH_MIP6D), 128);

        assertThat(XfrmSweep.sweep(kernel, besideMip6d))
                .isEqualTo(new XfrmSweep.Swept(List.of(new XfrmSweep.SweptSa(COA, 3000, NOTHING)), 0));
        assertThat(kernel.foreignSas)
                .singleElement()
                .satisfies(sa -> assertThat(sa.protocol()).isEqualTo(homeAddressOption));
    }

    private static SaStatus sa(int spi, int protocol, int reqid) {
        return new SaStatus(new SaId(COA, spi), protocol, reqid, NOTHING);
    }

    private static PolicyStatus policy(Integer... reqids) {
        return new PolicyStatus(XfrmSelector.everything(HA), 1, 9 + reqids.length, List.of(reqids));
    }
}
