package org.homeport.aaa;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.homeport.eap.EapType;
import org.homeport.eap.Nai;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.aka.AkaAccounts;
import org.homeport.eap.aka.AkaMemory;
import org.homeport.eap.aka.AkaServer;
import org.homeport.eap.aka.AkaServerSettings;
import org.homeport.eap.aka.AkaVariant;
import org.homeport.eap.aka.AuthenticationCentre;
import org.homeport.eap.aka.Subscriber;
import org.homeport.kit.RandomSource;

/**
 * EAP-AKA or EAP-AKA' for users with a SIM. What was claimed before does not count: the method asks itself (RFC 4187
 * section 4.1.4). A user's name is what the peer calls itself, with or without the digit in front that tells the methods
 * apart.
 *
 * @param centre shared by both methods, for they share the SIMs
 * @param memory of this method alone
 */
public record LocalAka(AkaServerSettings settings, AuthenticationCentre centre, AkaMemory memory, RandomSource random)
        implements LocalMethod {
    @Override
    public String name() {
        return settings.variant().words();
    }

    @Override
    public EapType type() {
        return settings.variant().type();
    }

    @Override
    public boolean recognises(Nai name) {
        return settings.variant().isLikely(name);
    }

    @Override
    public boolean canServe(User user) {
        return switch (user.secret()) {
            case UserSecret.Sim sim -> true;
            case UserSecret.Password password -> false;
            case UserSecret.HashedForMschap hashed -> false;
            case UserSecret.Certificate certificate -> false;
            case UserSecret.Psk psk -> false;
        };
    }

    @Override
    public ServerMethod start(AccountDesk desk, Optional<Nai> claimed) {
        return new AkaServer(settings, name -> account(desk, name), centre, memory, random);
    }

    private AkaAccounts.Account account(AccountDesk desk, Nai name) {
        List<AccountDesk.Account> accounts = Stream.concat(Stream.of(name), withoutLead(name).stream())
                .map(one -> desk.find(one, Optional.empty(), this))
                .toList();
        for (AccountDesk.Account account : accounts) {
            if (account.objection().isEmpty() && account.user().secret() instanceof UserSecret.Sim sim) {
                return new AkaAccounts.Account.Known(
                        new Subscriber(account.user().name().text(), sim.card(), sim.used()));
            }
        }
        return new AkaAccounts.Account.Refused(accounts.stream()
                .flatMap(account -> account.objection().stream())
                .findFirst()
                .orElse("'" + name + "' has no SIM"));
    }

    /** Peers that have both methods use the digit of either. */
    private static Optional<Nai> withoutLead(Nai name) {
        String rest = name.text().substring(1);
        return Stream.of(AkaVariant.values())
                                .anyMatch(variant ->
                                        variant.permanentLead() == name.text().charAt(0))
                        && !rest.isEmpty()
                ? Optional.of(new Nai(rest))
                : Optional.empty();
    }
}
