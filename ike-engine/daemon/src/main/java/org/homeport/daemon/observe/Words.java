package org.homeport.daemon.observe;

import java.util.List;
import java.util.stream.Collectors;
import org.homeport.core.child.SaPlan;
import org.homeport.core.session.SessionSummary;

/** How sessions look to people. */
final class Words {
    private Words() {}

    static String homeAddresses(SessionSummary summary) {
        return summary.homeAddresses().stream()
                .map(h -> h.address() + "/" + h.prefixLength())
                .collect(Collectors.joining(","));
    }

    /** Initiator's, responder's, as tshark and strongSwan show them. */
    static String spis(SessionSummary summary) {
        return spi(summary.spiInitiator()) + "_i " + spi(summary.spiResponder()) + "_r";
    }

    static String spi(long spi) {
        return String.format("%016x", spi);
    }

    /** {@code local === remote}, as strongSwan writes it. */
    static String selectors(SaPlan child) {
        return joined(child.localSelectors()) + " === " + joined(child.remoteSelectors());
    }

    private static String joined(List<?> selectors) {
        return selectors.stream().map(Object::toString).collect(Collectors.joining(" "));
    }
}
