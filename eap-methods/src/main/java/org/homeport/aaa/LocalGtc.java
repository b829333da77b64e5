package org.homeport.aaa;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.Nai;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.gtc.GtcServer;
import org.homeport.eap.gtc.PasswordCheck;
import org.homeport.eap.mschapv2.NtHash;
import org.homeport.kit.Secret;

/** GTC for users with a password or its NT hash, inside a tunnel only; who they claim to be there is who counts. */
record LocalGtc() implements LocalMethod {
    @Override
    public String name() {
        return GtcServer.NAME;
    }

    @Override
    public EapType type() {
        return EapType.GTC;
    }

    @Override
    public boolean canServe(User user) {
        return hasPassword(user);
    }

    @Override
    public ServerMethod start(AccountDesk desk, Optional<Nai> claimed) {
        AccountDesk.Account account = desk.find(claimed, this);
        return new GtcServer(password -> verdict(account, password));
    }

    static boolean hasPassword(User user) {
        return switch (user.secret()) {
            case UserSecret.Password password -> true;
            case UserSecret.HashedForMschap hashed -> true;
            case UserSecret.Certificate certificate -> false;
            case UserSecret.Sim sim -> false;
            case UserSecret.Psk psk -> false;
        };
    }

    /** Judges a password that came in the clear. */
    static PasswordCheck.Verdict verdict(AccountDesk.Account account, Secret password) {
        boolean right = switch (account.user().secret()) {
            case UserSecret.Password(Secret text) -> text.equals(password);
            case UserSecret.HashedForMschap(NtHash hash) ->
                hash.hash().equals(NtHash.ofPassword(password).hash());
            case UserSecret.Certificate certificate -> false;
            case UserSecret.Sim sim -> false;
            case UserSecret.Psk psk -> false;
        };
        String identity = account.user().name().text();
        return new PasswordCheck.Verdict(
                identity,
                account.objection()
                        .or(() -> right ? Optional.empty() : Optional.of("wrong password for '" + identity + "'")));
    }
}
