package org.homeport.daemon;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.homeport.aaa.AaaBackend;
import org.homeport.aaa.EmbeddedAaa;
import org.homeport.aaa.LocalMd5;
import org.homeport.aaa.LocalMethod;
import org.homeport.aaa.LocalMschapV2;
import org.homeport.aaa.UsersFile;
import org.homeport.aaa.UsersFileException;
import org.homeport.daemon.config.EmbeddedSettings;
import org.homeport.eap.EapLimits;
import org.homeport.kit.RandomSource;

/** The embedded AAA over its users file. */
final class EmbeddedUsers {
    /** Per conversation: whoever mistyped begins anew, and guessing costs a handshake each time. */
    private static final int PASSWORDS = 1;

    private EmbeddedUsers() {}

    static AaaBackend open(EmbeddedSettings settings, String serverName, RandomSource random, Executor executor)
            throws StartFailedException {
        List<LocalMethod> methods = methods(settings, serverName, random);
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

    static List<LocalMethod> methods(EmbeddedSettings settings, String serverName, RandomSource random) {
        return settings.methods().stream()
                .<LocalMethod>map(method -> switch (method) {
                    case MSCHAPV2 -> new LocalMschapV2(serverName, PASSWORDS, random);
                    case MD5 -> new LocalMd5(serverName, random);
                })
                .toList();
    }
}
