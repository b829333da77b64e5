package org.homeport.eap.aka;

import java.util.Arrays;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** The SIM's side: believes a network once, and knows which sequence numbers it has seen (TS 33.102 section 6.3.3). */
public final class Usim {
    private final Sim sim;
    private final long[] seen = new long[1 << Sqn.IND_BITS];
    private Sqn highest;

    /** What the SIM says to a challenge. */
    sealed interface Verdict {
        record Accepted(Octets res, Secret ck, Secret ik) implements Verdict {}

        /** The network is the right one, and out of step. @param auts 14 octets */
        record OutOfStep(Octets auts) implements Verdict {}

        /** That is not its network. */
        record Rejected(String why) implements Verdict {}
    }

    /** @param sqn the highest number that it has seen */
    public Usim(Sim sim, Sqn sqn) {
        this.sim = sim;
        this.highest = sqn;
        Arrays.fill(seen, sqn.sequence());
    }

    synchronized Verdict authenticate(Octets rand, Octets autn, AkaVariant variant) {
        Milenage milenage = Milenage.of(sim.k(), sim.opc());
        Octets sqnOctets = AuthenticationCentre.xor(autn.slice(0, Sqn.OCTETS), milenage.f5(rand));
        Octets amf = autn.slice(Sqn.OCTETS, Sqn.OCTETS + 2);
        if (!milenage.f1(rand, sqnOctets, amf).equalsConstantTime(autn.from(Sqn.OCTETS + 2))) {
            return new Verdict.Rejected("AUTN is not from the SIM's own network");
        }
        // "the AMF separation bit is set to 1" for EAP-AKA' (RFC 9048 section 3.3).
        if (variant == AkaVariant.AKA_PRIME && (amf.at(0) & 0x80) == 0) {
            return new Verdict.Rejected("the AMF separation bit of AUTN is not set, as EAP-AKA' wants it");
        }
        Sqn sqn = Sqn.of(sqnOctets);
        if (sqn.sequence() <= seen[sqn.index()]) {
            Octets mine = highest.octets();
            return new Verdict.OutOfStep(AuthenticationCentre.xor(mine, milenage.f5star(rand))
                    .plus(milenage.f1star(rand, mine, Octets.zeros(2))));
        }
        seen[sqn.index()] = sqn.sequence();
        if (sqn.compareTo(highest) > 0) {
            highest = sqn;
        }
        return new Verdict.Accepted(milenage.f2(rand), milenage.f3(rand), milenage.f4(rand));
    }
}
