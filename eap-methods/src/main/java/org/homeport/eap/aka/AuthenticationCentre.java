package org.homeport.eap.aka;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;

/**
 * Makes authentication vectors, no two with one sequence number. SEQ begins with the time, in tenths of a second, so that
 * it goes on after a restart without being written anywhere (TS 33.102 annex C.1.1.3).
 */
public final class AuthenticationCentre {
    private final InstantSource clock;
    private final RandomSource random;
    private final Map<String, Sqn> last = new HashMap<>();

    public AuthenticationCentre(InstantSource clock, RandomSource random) {
        this.clock = clock;
        this.random = random;
    }

    /** @param subscriber by whose name the sequence is kept */
    public synchronized AkaVector next(String subscriber, Sim sim, AkaVariant variant) {
        Sqn sqn = latest(subscriber).next();
        last.put(subscriber, sqn);
        return vector(sim, sqn, random.octets(16), variant.amf(sim.amf()));
    }

    /**
     * A SIM says that it is out of step (TS 33.102 section 6.3.5).
     *
     * @param auts 14 octets
     * @return whether it is that SIM: its own number is taken over then
     */
    public synchronized boolean resynchronise(String subscriber, Sim sim, Octets rand, Octets auts) {
        Optional<Sqn> sims = sqnOf(sim, rand, auts);
        sims.ifPresent(sqn -> last.put(subscriber, sqn));
        return sims.isPresent();
    }

    /** The SIM's number out of AUTS; empty if the SIM did not make it. */
    static Optional<Sqn> sqnOf(Sim sim, Octets rand, Octets auts) {
        Milenage milenage = Milenage.of(sim.k(), sim.opc());
        Octets sqn = xor(auts.slice(0, Sqn.OCTETS), milenage.f5star(rand));
        // The AMF of a resynchronisation is zero (TS 33.102 section 6.3.3).
        return milenage.f1star(rand, sqn, Octets.zeros(2)).equalsConstantTime(auts.from(Sqn.OCTETS))
                ? Optional.of(Sqn.of(sqn))
                : Optional.empty();
    }

    static AkaVector vector(Sim sim, Sqn sqn, Octets rand, Octets amf) {
        Milenage milenage = Milenage.of(sim.k(), sim.opc());
        Octets autn = xor(sqn.octets(), milenage.f5(rand)).plus(amf).plus(milenage.f1(rand, sqn.octets(), amf));
        return new AkaVector(rand, autn, milenage.f2(rand), milenage.f3(rand), milenage.f4(rand));
    }

    static Octets xor(Octets a, Octets b) {
        byte[] sum = new byte[a.length()];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (byte) (a.at(i) ^ b.at(i));
        }
        return Octets.wrap(sum);
    }

    private Sqn latest(String subscriber) {
        long tenths = clock.millis() / 100;
        Sqn byTime = new Sqn((tenths << Sqn.IND_BITS) & ((1L << 48) - 1));
        return Optional.ofNullable(last.get(subscriber))
                .filter(sqn -> sqn.compareTo(byTime) > 0)
                .orElse(byTime);
    }
}
