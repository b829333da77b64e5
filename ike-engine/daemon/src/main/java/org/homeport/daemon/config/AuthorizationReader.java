package org.homeport.daemon.config;

import java.util.List;
import java.util.OptionalLong;
import org.homeport.aaa.authorize.IdentityPattern;
import org.homeport.aaa.authorize.MobilityService;
import org.homeport.aaa.authorize.ServiceRule;
import org.homeport.aaa.authorize.Verdict;
import org.homeport.aaa.route.Realm;

/** Reads the section {@code authorization}: rules in their order. */
final class AuthorizationReader {
    private static final Scalar<Verdict> DECISION = Scalar.choice(Verdict.class);

    private static final Scalar<Long> FEATURES =
            Scalar.of("bits of MIP6-Feature-Vector as a number, as 1 or 0x20000000000, or any", text -> {
                if (text.equals("any")) {
                    return 0L;
                }
                return text.startsWith("0x")
                        ? Long.parseUnsignedLong(text.substring(2), 16)
                        : Long.parseUnsignedLong(text);
            });

    private final List<String> connections;

    /** @param connections the names that are there */
    AuthorizationReader(List<String> connections) {
        this.connections = connections;
    }

    MobilityService rules(Section top) {
        return new MobilityService(top.value("authorization").map(Value::items).orElse(List.of()).stream()
                .map(item -> item.section(this::rule))
                .toList());
    }

    private ServiceRule rule(Section section) {
        return new ServiceRule(
                section.list("realm", Scalar.TEXT, List.of()).stream()
                        .map(Realm::new)
                        .toList(),
                section.list("identity", Scalar.TEXT, List.of()).stream()
                        .map(IdentityPattern::new)
                        .toList(),
                section.list("method", Scalar.TEXT, List.of()),
                section.list("group", Scalar.TEXT, List.of()),
                section.get("mip6-features", FEATURES).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                section.list(
                        "connection", Scalar.choice(connections, "a name from the section connections"), List.of()),
                section.require("decision", DECISION, Verdict.REFUSE),
                section.get("why", Scalar.TEXT));
    }
}
