package org.homeport.core.established;

import java.util.HexFormat;
import java.util.Optional;
import org.homeport.core.child.SaPlan;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.core.session.Turn;

/**
 * A live CHILD_SA: what is in the kernel, and the policy it came of.
 *
 * @param waitsFor inbound SPI of the child that this one succeeds in a rekey of the peer's: until the peer deletes that,
 *     traffic leaves by it and not by this
 */
public record Child(SaPlan plan, ChildPolicy policy, Optional<Integer> waitsFor) {
    public Child(SaPlan plan, ChildPolicy policy) {
        this(plan, policy, Optional.empty());
    }

    Child waitingFor(Child forerunner) {
        return new Child(plan, policy, Optional.of(forerunner.inboundSpi()));
    }

    boolean waitsFor(Child forerunner) {
        return waitsFor.equals(Optional.of(forerunner.inboundSpi()));
    }

    /** One line about it, with both its SPIs: by them the kernel's part of the story is found. */
    void tell(Turn turn, String event, String by) {
        turn.info(
                event,
                "child",
                plan.name(),
                "spi-in",
                HexFormat.of().toHexDigits(inboundSpi()),
                "spi-out",
                HexFormat.of().toHexDigits(outboundSpi()),
                "by",
                by);
    }

    int inboundSpi() {
        return plan.inbound().spi();
    }

    int outboundSpi() {
        return plan.outbound().spi();
    }
}
