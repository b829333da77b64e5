package org.homeport.xfrm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.port.SaPort;
import org.homeport.core.session.Output;
import org.homeport.kit.IpAddress;

/** SAs without effect ("sa-backend: none"): it knows what is installed, and no packet is ever protected by it. */
public final class NoSaPort implements SaPort {
    private final Map<PairKey, SaPlan> plans = new ConcurrentHashMap<>();

    @Override
    public void install(SaPlan plan, Optional<SaHandle> replaces, Consumer<SaOutcome> answer) {
        plans.put(PairKey.of(plan.handle()), plan);
        answer.accept(new SaOutcome.Installed());
    }

    @Override
    public void installInbound(SaPlan plan, SaHandle replaces, Consumer<SaOutcome> answer) {
        install(plan, Optional.of(replaces), answer);
    }

    @Override
    public void activate(SaHandle sa) {}

    @Override
    public void remove(SaHandle sa, Output.RemoveSa.Policies policies) {
        plans.remove(PairKey.of(sa));
    }

    /** The plan stays as it was installed: there is nothing to move. */
    @Override
    public void migrate(SaHandle sa, IpAddress newLocal, IpAddress newRemote) {}

    /** What would be in force now, in no order. */
    public List<SaPlan> installed() {
        return List.copyOf(plans.values());
    }
}
