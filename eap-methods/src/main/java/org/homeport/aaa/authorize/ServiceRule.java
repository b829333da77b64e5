package org.homeport.aaa.authorize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.homeport.aaa.route.Realm;

/**
 * One rule. Every condition that is set must hold; of the values of one condition, one must.
 *
 * @param realms of the authenticated identity: what follows its last @
 * @param identities patterns of the authenticated identity
 * @param methods that proved it, compared without case
 * @param groups that it is in
 * @param mip6Features bits that the AAA's MIP6-Feature-Vector has set, all of them; 0: there is one at all
 * @param connections kinds of peers
 * @param why for the operator, in place of the rule's own words
 */
public record ServiceRule(
        List<Realm> realms,
        List<IdentityPattern> identities,
        List<String> methods,
        List<String> groups,
        OptionalLong mip6Features,
        List<String> connections,
        Verdict verdict,
        Optional<String> why) {
    public ServiceRule {
        realms = List.copyOf(realms);
        identities = List.copyOf(identities);
        methods = List.copyOf(methods);
        groups = List.copyOf(groups);
        connections = List.copyOf(connections);
    }

    /** A rule for everybody. */
    public static ServiceRule all(Verdict verdict) {
        return new ServiceRule(
                List.of(), List.of(), List.of(), List.of(), OptionalLong.empty(), List.of(), verdict, Optional.empty());
    }

    boolean matches(ServiceSubject subject) {
        return (realms.isEmpty()
                        || realm(subject.identity()).filter(realms::contains).isPresent())
                && (identities.isEmpty()
                        || identities.stream().anyMatch(pattern -> pattern.matches(subject.identity())))
                && (methods.isEmpty() || methods.stream().anyMatch(subject.method()::equalsIgnoreCase))
                && (groups.isEmpty() || groups.stream().anyMatch(subject.groups()::contains))
                && hasFeatures(subject)
                && (connections.isEmpty()
                        || subject.connection().filter(connections::contains).isPresent());
    }

    private boolean hasFeatures(ServiceSubject subject) {
        if (mip6Features.isEmpty()) {
            return true;
        }
        long wanted = mip6Features.getAsLong();
        return subject.mip6Features().isPresent() && (subject.mip6Features().getAsLong() & wanted) == wanted;
    }

    private static Optional<Realm> realm(String identity) {
        int at = identity.lastIndexOf('@');
        return at < 0 || at == identity.length() - 1
                ? Optional.empty()
                : Optional.of(new Realm(identity.substring(at + 1)));
    }

    /** Its conditions, in the words of the configuration. */
    @Override
    public String toString() {
        List<String> conditions = new ArrayList<>();
        add(conditions, "realm", realms);
        add(conditions, "identity", identities);
        add(conditions, "method", methods);
        add(conditions, "group", groups);
        mip6Features.ifPresent(bits -> conditions.add("mip6-features " + Long.toUnsignedString(bits)));
        add(conditions, "connection", connections);
        return conditions.isEmpty() ? "for everybody" : String.join(", ", conditions);
    }

    private static void add(List<String> conditions, String name, List<?> values) {
        if (!values.isEmpty()) {
            conditions.add(name + " "
                    + String.join("|", values.stream().map(Object::toString).toList()));
        }
    }
}
