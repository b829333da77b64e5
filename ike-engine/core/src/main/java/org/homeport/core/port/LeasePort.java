package org.homeport.core.port;

import java.util.function.Consumer;
import org.homeport.core.address.Lease;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.address.LeaseRequest;

/** The home-address side. */
public interface LeasePort {
    /** Returns at once; the answer comes exactly once, on any thread, after the store has written it. */
    void claim(LeaseRequest request, Consumer<LeaseOutcome> answer);

    /** Returns at once; idempotent; failures are the lease side's to log and to repeat. */
    void release(Lease lease);
}
