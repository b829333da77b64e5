package org.homeport.aaa;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.Nai;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.gtc.PasswordCheck;
import org.homeport.eap.ttls.TtlsAccounts;
import org.homeport.eap.ttls.TtlsServer;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/**
 * EAP-TTLS for users with a password or its NT hash; inside whatever the peer prefers: PAP, MSCHAPv2, or EAP with
 * MSCHAPv2, GTC or MD5. The name inside counts, never the one outside.
 */
public record LocalTtls(TunnelSettings settings, InstantSource clock, RandomSource random) implements LocalMethod {
    @Override
    public String name() {
        return TtlsServer.NAME;
    }

    @Override
    public EapType type() {
        return EapType.TTLS;
    }

    @Override
    public boolean canServe(User user) {
        return LocalGtc.hasPassword(user);
    }

    @Override
    public ServerMethod start(AccountDesk desk, Optional<Nai> claimed) {
        LocalMschapV2 mschapV2 = settings.mschapV2(random);
        AccountDesk inner =
                desk.inside(name(), List.of(mschapV2, new LocalGtc(), new LocalMd5(settings.serverName(), random)));
        return TtlsServer.of(
                settings.side(clock, random),
                settings.fragment(),
                new TtlsAccounts(
                        (name, password) -> pap(inner, name, password),
                        name -> mschapV2.account(inner, Optional.empty(), name),
                        inner::offersFor),
                random);
    }

    private static PasswordCheck.Verdict pap(AccountDesk desk, Octets name, Secret password) {
        AccountDesk.Account account;
        try {
            account = desk.find(Nai.of(name), Optional.empty(), new LocalGtc());
        } catch (WireException e) {
            account = desk.nobody("PAP name refused: " + e.getMessage());
        }
        return LocalGtc.verdict(account, password);
    }
}
