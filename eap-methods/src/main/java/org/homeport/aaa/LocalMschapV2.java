package org.homeport.aaa;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.Nai;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.mschapv2.MschapV2Accounts;
import org.homeport.eap.mschapv2.MschapV2Server;
import org.homeport.eap.mschapv2.NtHash;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/**
 * MSCHAPv2 for users with a password or its NT hash. The name in the peer's Response counts: whose password was
 * proved is who is authenticated, whatever was claimed before (RFC 3748 section 5.1 keeps the Identity for routing).
 *
 * @param serverName shown to the peer
 * @param attempts passwords that a peer may try in one conversation
 */
public record LocalMschapV2(String serverName, int attempts, RandomSource random) implements LocalMethod {
    @Override
    public String name() {
        return MschapV2Server.NAME;
    }

    @Override
    public EapType type() {
        return EapType.MSCHAPV2;
    }

    @Override
    public boolean canServe(User user) {
        return switch (user.secret()) {
            case UserSecret.Password password -> true;
            case UserSecret.HashedForMschap hashed -> true;
            case UserSecret.Certificate certificate -> false;
            case UserSecret.Sim sim -> false;
            case UserSecret.Psk psk -> false;
        };
    }

    @Override
    public ServerMethod start(AccountDesk desk, Optional<Nai> claimed) {
        return new MschapV2Server(name -> account(desk, claimed, name), serverName, attempts, random);
    }

    MschapV2Accounts.Account account(AccountDesk desk, Optional<Nai> claimed, Octets name) {
        AccountDesk.Account account;
        try {
            account = name.isEmpty() ? desk.find(claimed, this) : desk.find(Nai.of(name), claimed, this);
        } catch (WireException e) {
            account = desk.nobody("MSCHAPv2 name refused: " + e.getMessage());
        }
        NtHash hash = switch (account.user().secret()) {
            case UserSecret.Password(var text) -> NtHash.ofPassword(text);
            case UserSecret.HashedForMschap(var stored) -> stored;
            // Not handed out for this method; were it, nobody knows this one.
            case UserSecret.Certificate certificate -> new NtHash(Secret.copyOf(random.octets(16)));
            case UserSecret.Sim sim -> new NtHash(Secret.copyOf(random.octets(16)));
            case UserSecret.Psk psk -> new NtHash(Secret.copyOf(random.octets(16)));
        };
        return new MschapV2Accounts.Account(account.user().name().text(), hash, account.objection());
    }
}
