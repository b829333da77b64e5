package org.homeport.aaa;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.Nai;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.md5.Md5Server;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** MD5-Challenge for users with a password; who they claim to be is whom they have to prove. */
public record LocalMd5(String serverName, RandomSource random) implements LocalMethod {
    @Override
    public String name() {
        return Md5Server.NAME;
    }

    @Override
    public EapType type() {
        return EapType.MD5_CHALLENGE;
    }

    @Override
    public boolean canServe(User user) {
        return switch (user.secret()) {
            case UserSecret.Password password -> true;
            case UserSecret.HashedForMschap hashed -> false;
            case UserSecret.Certificate certificate -> false;
            case UserSecret.Sim sim -> false;
            case UserSecret.Psk psk -> false;
        };
    }

    @Override
    public ServerMethod start(AccountDesk desk, Optional<Nai> claimed) {
        AccountDesk.Account account = desk.find(claimed, this);
        return switch (account.user().secret()) {
            case UserSecret.Password(Secret text) -> server(account, text);
            // Not handed out for this method; were it, nobody knows this one.
            case UserSecret.HashedForMschap hashed -> server(account, Secret.copyOf(random.octets(16)));
            case UserSecret.Certificate certificate -> server(account, Secret.copyOf(random.octets(16)));
            case UserSecret.Sim sim -> server(account, Secret.copyOf(random.octets(16)));
            case UserSecret.Psk psk -> server(account, Secret.copyOf(random.octets(16)));
        };
    }

    private Md5Server server(AccountDesk.Account account, Secret password) {
        return new Md5Server(
                new Md5Server.Account(account.user().name().text(), password, account.objection()), serverName, random);
    }
}
