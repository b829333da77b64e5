package org.homeport.core.established;

import org.homeport.core.crypto.IkeSuite;
import org.homeport.core.crypto.KeySchedule;
import org.homeport.core.message.Proposal;
import org.homeport.core.session.IkeSa;
import org.homeport.core.session.Role;
import org.homeport.core.session.Turn;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireWriter;

/** The successor of an IKE SA (RFC 7296 section 2.18), made alike by both sides. */
final class IkeRekey {
    private IkeRekey() {}

    /** @param local our SPI of the new IKE SA; {@code remote} the peer's */
    record Spis(long local, long remote) {}

    /** @param role ours in the exchange that rekeys: its initiator is the new IKE SA's initiator */
    static IkeSa successor(
            Turn turn, IkeSa old, Role role, IkeSuite suite, Spis spis, Secret gir, Octets ni, Octets nr) {
        IkeSa next = new IkeSa(role, spis.local(), spis.remote());
        turn.add(next);
        turn.protect(
                next,
                suite,
                KeySchedule.rekeyed(
                        turn.env().crypto(),
                        old.suite().prf(),
                        old.keys().skD(),
                        suite,
                        ni,
                        nr,
                        gir,
                        next.initiatorSpi(),
                        next.responderSpi()));
        old.fragmentAbove().ifPresent(next::fragmentAbove);
        Established.rekeyIkeLater(turn);
        return next;
    }

    static Octets spi(long spi) {
        return new WireWriter().bits64(spi).toOctets();
    }

    /** @param spi 8 octets */
    static long spi(Octets spi) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | spi.at(i);
        }
        return value;
    }

    static Proposal withSpi(Proposal proposal, long spi) {
        return new Proposal(proposal.number(), proposal.protocol(), spi(spi), proposal.transforms());
    }
}
