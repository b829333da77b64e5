package org.homeport.daemon;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.homeport.aaa.EmbeddedAaa;
import org.homeport.aaa.LocalAka;
import org.homeport.aaa.LocalMd5;
import org.homeport.aaa.LocalMethod;
import org.homeport.aaa.LocalMschapV2;
import org.homeport.aaa.LocalPsk;
import org.homeport.aaa.UsersFile;
import org.homeport.aaa.UsersFileException;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.EmbeddedSettings;
import org.homeport.daemon.config.EmbeddedSettings.EapMethod;
import org.homeport.eap.EapLimits;
import org.homeport.eap.aka.AkaServerSettings;
import org.homeport.eap.aka.AkaServerSettings.Bidding;
import org.homeport.eap.aka.AkaVariant;
import org.homeport.eap.aka.AuthenticationCentre;
import org.homeport.eap.aka.BoundedAkaMemory;
import org.homeport.kit.RandomSource;

/** The embedded AAA over its users file. */
final class EmbeddedUsers {
    /** Per conversation: whoever mistyped begins anew, and guessing costs a handshake each time. */
    private static final int PASSWORDS = 1;

    /** Of how many SIMs pseudonyms and keys for fast re-authentication are kept. */
    private static final int REMEMBERED_SIMS = 100_000;

    private EmbeddedUsers() {}

    static EmbeddedAaa open(
            EmbeddedSettings settings,
            Configuration configuration,
            InstantSource clock,
            RandomSource random,
            Executor executor)
            throws StartFailedException {
        List<LocalMethod> methods = methods(settings, configuration, clock, random);
        return new EmbeddedAaa(
                new EmbeddedAaa.Settings(methods, Set.copyOf(settings.localRealms()), EapLimits.DEFAULT),
                users(settings, methods),
                random,
                executor);
    }

    static UsersFile users(EmbeddedSettings settings, List<LocalMethod> methods) throws StartFailedException {
        try {
            return UsersFile.open(
                    settings.users(), methods.stream().map(LocalMethod::name).collect(Collectors.toSet()));
        } catch (UsersFileException e) {
            throw new StartFailedException(String.valueOf(e.getMessage()));
        }
    }

    static List<LocalMethod> methods(
            EmbeddedSettings settings, Configuration configuration, InstantSource clock, RandomSource random)
            throws StartFailedException {
        String serverName = configuration.identity().toString();
        EmbeddedTls tls = new EmbeddedTls(configuration, clock, random);
        AuthenticationCentre centre = new AuthenticationCentre(clock, random);
        Bidding bidding = settings.methods().contains(EapMethod.AKA_PRIME) ? Bidding.AKA_PRIME_PREFERRED : Bidding.NONE;
        List<LocalMethod> methods = new ArrayList<>();
        for (EapMethod method : settings.methods()) {
            methods.add(
                    switch (method) {
                        case MSCHAPV2 -> new LocalMschapV2(serverName, PASSWORDS, random);
                        case MD5 -> new LocalMd5(serverName, random);
                        case TLS -> tls.tls(settings);
                        case TTLS -> tls.ttls();
                        case PEAP -> tls.peap(settings);
                        case AKA -> aka(AkaVariant.AKA, bidding, centre, random);
                        case AKA_PRIME -> aka(AkaVariant.AKA_PRIME, bidding, centre, random);
                        case PSK -> new LocalPsk(serverName, random);
                    });
        }
        return methods;
    }

    private static LocalAka aka(AkaVariant variant, Bidding bidding, AuthenticationCentre centre, RandomSource random) {
        return new LocalAka(
                AkaServerSettings.of(variant, bidding), centre, new BoundedAkaMemory(REMEMBERED_SIMS), random);
    }
}
