package org.homeport.aaa;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.homeport.eap.EapAuthenticator;
import org.homeport.eap.EapLimits;
import org.homeport.eap.Nai;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;

/** The AAA in this process: local EAP methods, users of its own. Whoever is a user is authorized without EAP too. */
public final class EmbeddedAaa implements AaaBackend, AaaAuthorizer {
    private final Settings settings;
    private final UserStore users;
    private final RandomSource random;
    private final Executor executor;

    /**
     * What is switched on.
     *
     * @param methods that are enabled, in order of preference; one at least
     * @param localRealms realms and Windows domains that may be left out of a user's name
     */
    public record Settings(List<LocalMethod> methods, Set<String> localRealms, EapLimits limits) {
        public Settings {
            if (methods.isEmpty()) {
                throw new IllegalArgumentException("no EAP method is enabled");
            }
            methods = List.copyOf(methods);
            localRealms = localRealms.stream()
                    .map(realm -> realm.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());
        }

        public Settings(List<LocalMethod> methods) {
            this(methods, Set.of(), EapLimits.DEFAULT);
        }
    }

    /** @param executor runs every step: look-ups may block, callers must not */
    public EmbeddedAaa(Settings settings, UserStore users, RandomSource random, Executor executor) {
        this.settings = settings;
        this.users = users;
        this.random = random;
        this.executor = executor;
    }

    @Override
    public AaaConversation open(AaaOpening opening) {
        AccountDesk desk = new AccountDesk(users, settings.methods(), settings.localRealms(), random);
        Optional<Nai> hint;
        try {
            hint = opening.claimed().userName();
        } catch (WireException e) {
            return RefusedConversation.of(opening, "identity refused: " + e.getMessage());
        }
        EapAuthenticator authenticator = new EapAuthenticator(
                desk::offersFor, opening.question(), hint, settings.limits(), opening.answered(), random);
        return new EmbeddedConversation(opening.conversation(), authenticator, desk, executor);
    }

    @Override
    public CompletionStage<Answer> authorize(Question question) {
        return CompletableFuture.supplyAsync(() -> find(question), executor)
                .exceptionally(problem -> new Answer.Unavailable("the embedded AAA cannot work: " + problem));
    }

    private Answer find(Question question) {
        Optional<Nai> name;
        try {
            name = question.identity().userName();
        } catch (WireException e) {
            return new Answer.Refused("identity refused: " + e.getMessage());
        }
        AccountDesk desk = new AccountDesk(users, settings.methods(), settings.localRealms(), random);
        return name.flatMap(desk::lookUp)
                .<Answer>map(user -> new Answer.Granted(user.grant(), Optional.empty()))
                .orElseGet(() -> new Answer.Refused(name.map(nai -> "unknown user '" + nai + "'")
                        .orElse("the identity proved by " + question.method() + " is no user name ("
                                + question.identity().data() + ")")));
    }
}
