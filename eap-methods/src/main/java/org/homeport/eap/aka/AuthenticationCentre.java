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

    /** A vector for a method, with the AMF that it wants. */
    public AkaVector next(Subscriber subscriber, AkaVariant variant) {
        return next(subscriber, variant.amf(subscriber.sim().amf()));
    }

    /** A vector with the SIM's own AMF. */
    public AkaVector next(Subscriber subscriber) {
        return next(subscriber, subscriber.sim().amf());
    }

    private synchronized AkaVector next(Subscriber subscriber, Octets amf) {
        Sqn sqn = latest(subscriber).next();
        last.put(subscriber.name(), sqn);
        return vector(subscriber.sim(), sqn, random.octets(16), amf);
    }

    /**
     * A SIM says that it is out of step (TS 33.102 section 6.3.5).
     *
     * @param auts 14 octets
     * @return whether it is that SIM: its own number is taken over then
     */
    public synchronized boolean resynchronise(Subscriber subscriber, Octets rand, Octets auts) {
        Optional<Sqn> sims = sqnOf(subscriber.sim(), rand, auts);
        sims.ifPresent(sqn -> last.put(subscriber.name(), sqn));
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

    /** The highest of what was used, what the operator says, and the time. */
    private Sqn latest(Subscriber subscriber) {
        long tenths = clock.millis() / 100;
        Sqn byTime = new Sqn(tenths << Sqn.IND_BITS & Sqn.MOST);
        Sqn used = Optional.ofNullable(last.get(subscriber.name())).orElse(subscriber.used());
        return used.compareTo(byTime) > 0 ? used : byTime;
    }
}
