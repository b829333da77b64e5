package org.homeport.testbeds.mn;

import java.util.function.Consumer;
import org.homeport.core.address.Lease;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.address.LeaseRequest;
import org.homeport.core.port.LeasePort;

/** A node gives out no addresses. */
final class NoLeases implements LeasePort {
    @Override
    public void claim(LeaseRequest request, Consumer<LeaseOutcome> answer) {
        answer.accept(new LeaseOutcome.None("a mobile node has no pools"));
    }

    @Override
    public void release(Lease lease) {}
}
