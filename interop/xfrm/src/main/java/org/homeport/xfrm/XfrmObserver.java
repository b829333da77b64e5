package org.homeport.xfrm;

import org.homeport.core.child.SaHandle;
import org.homeport.core.session.Event;

/** What the kernel side has to tell on its own account; called on its thread, which a slow observer holds up. */
public interface XfrmObserver {
    /** A pair is gone; its last counters, for accounting. */
    void removed(SaHandle sa, SaCounters last);

    /** An SA of the pair reached a lifetime, or (as a hard one) the kernel did not take it when it was activated. */
    void expired(SaHandle sa, Event.SaExpired.Expiry expiry);

    /**
     * Something that nobody waits for failed.
     *
     * @param sentence for the operator
     */
    void trouble(String sentence);

    /** Looks away. */
    XfrmObserver NONE = new XfrmObserver() {
        @Override
        public void removed(SaHandle sa, SaCounters last) {}

        @Override
        public void expired(SaHandle sa, Event.SaExpired.Expiry expiry) {}

        @Override
        public void trouble(String sentence) {}
    };
}
