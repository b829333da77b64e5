package org.homeport.aaa;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.homeport.eap.Nai;

/** Where the embedded AAA finds its users. May block: it is asked on the embedded AAA's executor. */
@FunctionalInterface
public interface UserStore {
    /** By the whole name; realms compare without case ({@link Nai#key}). */
    Optional<User> find(Nai name);

    static UserStore of(List<User> users) {
        Map<String, User> byName =
                users.stream().collect(Collectors.toMap(user -> user.name().key(), Function.identity()));
        return name -> Optional.ofNullable(byName.get(name.key()));
    }
}
