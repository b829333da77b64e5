package org.homeport.aaa;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.homeport.eap.MethodOffer;
import org.homeport.eap.Nai;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/**
 * Turns names into accounts, for one conversation.
 *
 * <p>A name is looked up as it is, with its realm. Only if the realm (or the Windows domain in front) is one of ours,
 * it is looked up without as well; and a bare name that is the user part of the identity claimed before is taken for
 * that. Nobody is turned away here: for a name that nobody has there is an account whose password nobody knows, so
 * that on the wire it looks like a wrong password. What does show is the first method proposed, where it is another
 * one than for nobody: a user is asked by methods that its secret is good for, or by its own {@code method=}.
 */
public final class AccountDesk {
    private final UserStore users;
    private final List<LocalMethod> enabled;
    private final Set<String> localRealms;
    private final RandomSource random;
    private final Map<String, User> handedOut;
    private final Optional<String> tunnel;

    /**
     * What a method works with.
     *
     * @param user never absent: a made-up one for nobody
     * @param objection why no answer is good enough; for the operator
     */
    public record Account(User user, Optional<String> objection) {}

    AccountDesk(UserStore users, List<LocalMethod> enabled, Set<String> localRealms, RandomSource random) {
        this(users, enabled, localRealms, random, new HashMap<>(), Optional.empty());
    }

    private AccountDesk(
            UserStore users,
            List<LocalMethod> enabled,
            Set<String> localRealms,
            RandomSource random,
            Map<String, User> handedOut,
            Optional<String> tunnel) {
        this.users = users;
        this.enabled = enabled;
        this.localRealms = localRealms;
        this.random = random;
        this.handedOut = handedOut;
        this.tunnel = tunnel;
    }

    /**
     * The same inside a method with a tunnel: who may use that may use all that is inside.
     *
     * @param method the name of the method outside
     * @param inner in order of preference
     */
    AccountDesk inside(String method, List<LocalMethod> inner) {
        return new AccountDesk(users, inner, localRealms, random, handedOut, Optional.of(method));
    }

    /** The account of the identity claimed, for a method. */
    public Account find(Optional<Nai> claimed, LocalMethod method) {
        return claimed.map(name -> find(name, claimed, method)).orElseGet(() -> nobody("no user name"));
    }

    /**
     * The account of a name that the method asked for itself.
     *
     * @param claimed the identity claimed before the method began
     */
    public Account find(Nai name, Optional<Nai> claimed, LocalMethod method) {
        Optional<User> user = lookUp(name)
                .or(() -> claimed.filter(other -> isShortFor(name, other)).flatMap(this::lookUp));
        if (user.isEmpty()) {
            return nobody("unknown user '" + name + "'");
        }
        if (!user.get().mayUse(tunnel.orElse(method.name())) || !method.canServe(user.get())) {
            return nobody("user '" + user.get().name() + "' may not use "
                    + tunnel.map(outer -> outer + " with ").orElse("") + method.name());
        }
        handedOut.put(user.get().name().text(), user.get());
        return new Account(user.get(), Optional.empty());
    }

    /** An account that looks like any other and lets nobody in. */
    public Account nobody(String objection) {
        User user = User.of(
                "nobody", new UserSecret.Password(Secret.utf8(random.octets(8).hex())));
        return new Account(user, Optional.of(objection));
    }

    /** The methods to propose to a peer; for nobody the same as for a user without wishes. */
    List<MethodOffer> offersFor(Optional<Nai> claimed) {
        List<LocalMethod> methods =
                claimed.flatMap(this::lookUp).map(this::methodsOf).orElseGet(() -> byLooks(claimed));
        return (methods.isEmpty() ? enabled : methods)
                .stream()
                        .map(method -> new MethodOffer(method.type(), () -> method.start(this, claimed)))
                        .toList();
    }

    /** The user that a method has authenticated, as it was when its secret was handed out. */
    Optional<User> handedOut(String identity) {
        return Optional.ofNullable(handedOut.get(identity));
    }

    private List<LocalMethod> byLooks(Optional<Nai> claimed) {
        Predicate<LocalMethod> recognises =
                method -> claimed.filter(method::recognises).isPresent();
        return Stream.concat(
                        enabled.stream().filter(recognises), enabled.stream().filter(recognises.negate()))
                .toList();
    }

    private List<LocalMethod> methodsOf(User user) {
        Predicate<LocalMethod> usable = method -> method.canServe(user);
        if (user.methods().isEmpty() || tunnel.isPresent()) {
            return enabled.stream().filter(usable).toList();
        }
        return user.methods().stream()
                .flatMap(name -> enabled.stream().filter(method -> method.name().equals(name)))
                .filter(usable)
                .toList();
    }

    /** Whose name it is; no secret is handed out. */
    Optional<User> lookUp(Nai name) {
        return users.find(name)
                .or(() -> name.realm()
                        .filter(this::isLocal)
                        .flatMap(realm -> shortened(name, 0, name.text().length() - realm.length() - 1)))
                .or(() -> name.windowsDomain()
                        .filter(this::isLocal)
                        .flatMap(domain ->
                                shortened(name, domain.length() + 1, name.text().length())));
    }

    private Optional<User> shortened(Nai name, int from, int to) {
        return from >= to ? Optional.empty() : users.find(new Nai(name.text().substring(from, to)));
    }

    private boolean isLocal(String realm) {
        return localRealms.contains(realm.toLowerCase(Locale.ROOT));
    }

    private static boolean isShortFor(Nai name, Nai claimed) {
        return name.realm().isEmpty() && name.user().equals(claimed.user());
    }
}
