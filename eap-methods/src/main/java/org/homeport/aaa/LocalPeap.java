package org.homeport.aaa;

import java.time.InstantSource;
import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.Nai;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.peap.BindingPolicy;
import org.homeport.eap.peap.PeapServer;
import org.homeport.kit.RandomSource;

/**
 * PEAPv0 for users with a password or its NT hash: MSCHAPv2 or GTC inside. The identity inside counts, never the one
 * outside.
 *
 * @param binding whether tunnel and inside are bound together
 */
public record LocalPeap(TunnelSettings settings, BindingPolicy binding, InstantSource clock, RandomSource random)
        implements LocalMethod {
    @Override
    public String name() {
        return PeapServer.NAME;
    }

    @Override
    public EapType type() {
        return EapType.PEAP;
    }

    @Override
    public boolean canServe(User user) {
        return LocalGtc.hasPassword(user);
    }

    @Override
    public ServerMethod start(AccountDesk desk, Optional<Nai> claimed) {
        AccountDesk inner = desk.inside(name(), settings.keyed(random));
        return PeapServer.of(settings.side(clock, random), settings.fragment(), inner::offersFor, binding, random);
    }
}
