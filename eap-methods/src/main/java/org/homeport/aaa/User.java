package org.homeport.aaa;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.eap.Nai;
import org.homeport.kit.IpAddress;

/**
 * A user of the embedded AAA.
 *
 * @param name as all else knows it once it is authenticated
 * @param methods by name, in order of preference; empty: all that are enabled
 * @param addresses always given to this user
 */
public record User(
        Nai name,
        UserSecret secret,
        List<String> methods,
        Optional<Duration> sessionTimeout,
        List<IpAddress> addresses,
        List<String> pools,
        List<String> groups) {
    public User {
        methods = List.copyOf(methods);
        addresses = List.copyOf(addresses);
        pools = List.copyOf(pools);
        groups = List.copyOf(groups);
    }

    /** A user with a password and nothing special. */
    public static User of(String name, UserSecret secret) {
        return new User(new Nai(name), secret, List.of(), Optional.empty(), List.of(), List.of(), List.of());
    }

    public boolean mayUse(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    AaaGrant grant() {
        return new AaaGrant(name.text(), sessionTimeout, addresses, pools, groups, AaaProfile.of(AaaProfile.EMBEDDED));
    }
}
