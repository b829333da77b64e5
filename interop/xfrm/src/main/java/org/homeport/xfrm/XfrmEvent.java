package org.homeport.xfrm;

import org.homeport.core.session.Event;
import org.homeport.kit.IpAddress;

/** What the kernel tells without being asked. */
public sealed interface XfrmEvent {
    /**
     * An SA reached a lifetime; a hard one is gone.
     *
     * @param destination with {@code spi} the SA's name: our address for an inbound SA, the peer's for an outbound one
     * @param traffic what went through it until then
     */
    record SaExpired(
            IpAddress destination, int spi, int reqid, Event.SaExpired.Expiry expiry, SaCounters.Traffic traffic)
            implements XfrmEvent {}

    /** The kernel had more to tell than the socket could hold: an unknown number of events is lost. */
    record Lost() implements XfrmEvent {}

    /** Listening failed otherwise. @param sentence for the operator */
    record Trouble(String sentence) implements XfrmEvent {}
}
