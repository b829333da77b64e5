package org.homeport.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.session.Output.RemoveSa.Policies;
import org.junit.jupiter.api.Test;

class NoSaPortTest {
    private final NoSaPort port = new NoSaPort();
    private final List<SaOutcome> answers = new ArrayList<>();

    @Test
    void everythingIsInstalledAndRemembered() {
        SaPlan plan = Plans.tunnel(Plans.REQID, 1000, 2000);
        SaPlan successor = Plans.tunnel(Plans.REQID, 1001, 2001);
        port.install(plan, Optional.empty(), answers::add);
        port.install(successor, Optional.of(plan.handle()), answers::add);
        assertThat(answers).containsExactly(new SaOutcome.Installed(), new SaOutcome.Installed());
        assertThat(port.installed()).containsExactlyInAnyOrder(plan, successor);
        port.remove(plan.handle(), Policies.KEEP);
        port.remove(plan.handle(), Policies.KEEP);
        assertThat(port.installed()).containsExactly(successor);
    }

    @Test
    void movedPairIsRemovedByEitherName() {
        SaPlan plan = Plans.tunnel(Plans.REQID, 1000, 2000);
        port.install(plan, Optional.empty(), answers::add);
        port.migrate(plan.handle(), Plans.HA, Plans.HOA);
        port.remove(new SaHandle(plan.reqid(), 1000, 2000, Plans.HA, Plans.HOA), Policies.REMOVE);
        assertThat(port.installed()).isEmpty();
    }
}
