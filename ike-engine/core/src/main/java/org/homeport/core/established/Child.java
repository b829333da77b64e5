package org.homeport.core.established;

import org.homeport.core.child.SaPlan;
import org.homeport.core.policy.ChildPolicy;

/** A live CHILD_SA: what is in the kernel, and the policy it came of. */
public record Child(SaPlan plan, ChildPolicy policy) {
    int inboundSpi() {
        return plan.inbound().spi();
    }

    int outboundSpi() {
        return plan.outbound().spi();
    }
}
