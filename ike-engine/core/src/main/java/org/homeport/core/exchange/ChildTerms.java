package org.homeport.core.exchange;

import java.util.List;
import org.homeport.core.child.EspSuite;
import org.homeport.core.child.SaMode;
import org.homeport.core.message.Proposal;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.kit.Octets;
import org.homeport.kit.WireWriter;

/**
 * What both sides agree on for a CHILD_SA.
 *
 * @param proposal with the peer's SPI
 * @param local our side's selectors; {@code remote} the peer's
 */
public record ChildTerms(
        ChildPolicy policy, Proposal proposal, SaMode mode, List<TrafficSelector> local, List<TrafficSelector> remote) {
    public EspSuite suite() {
        return Suites.esp(proposal);
    }

    public int peerSpi() {
        Octets spi = proposal.spi();
        return spi.at(0) << 24 | spi.at(1) << 16 | spi.at(2) << 8 | spi.at(3);
    }

    /** The proposal with our SPI in place of the peer's. */
    public Proposal answer(int ourSpi) {
        return new Proposal(proposal.number(), proposal.protocol(), spi(ourSpi), proposal.transforms());
    }

    public static Octets spi(int spi) {
        return new WireWriter().u32(Integer.toUnsignedLong(spi)).toOctets();
    }
}
