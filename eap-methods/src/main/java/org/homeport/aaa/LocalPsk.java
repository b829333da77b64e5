package org.homeport.aaa;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.Nai;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.psk.PskAccounts;
import org.homeport.eap.psk.PskKeys;
import org.homeport.eap.psk.PskServer;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/**
 * EAP-PSK for users with a key of 16 octets. The name in the peer's answer counts, whatever was claimed before.
 *
 * @param serverName by which peers choose their key
 */
public record LocalPsk(String serverName, RandomSource random) implements LocalMethod {
    @Override
    public String name() {
        return PskServer.NAME;
    }

    @Override
    public EapType type() {
        return EapType.PSK;
    }

    @Override
    public boolean canServe(User user) {
        return switch (user.secret()) {
            case UserSecret.Psk psk -> true;
            case UserSecret.Password password -> false;
            case UserSecret.HashedForMschap hashed -> false;
            case UserSecret.Certificate certificate -> false;
            case UserSecret.Sim sim -> false;
        };
    }

    @Override
    public ServerMethod start(AccountDesk desk, Optional<Nai> claimed) {
        return new PskServer(name -> account(desk, claimed, name), serverName, random);
    }

    private PskAccounts.Account account(AccountDesk desk, Optional<Nai> claimed, Octets name) {
        AccountDesk.Account account;
        try {
            account = desk.find(Nai.of(name), claimed, this);
        } catch (WireException e) {
            account = desk.nobody("PSK name refused: " + e.getMessage());
        }
        PskKeys keys = account.user().secret() instanceof UserSecret.Psk(PskKeys stored)
                ? stored
                // Of nobody: it looks like a wrong key.
                : PskKeys.of(Secret.copyOf(random.octets(PskKeys.OCTETS)));
        return new PskAccounts.Account(account.user().name().text(), keys, account.objection());
    }
}
