package org.homeport.daemon.config;

import java.util.List;
import java.util.Locale;
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

    /** As {@code aaa.methods} has it. */
    private static final String AKA_PRIME = "AKA-PRIME";

    private static final Scalar<Realm> REALM = Scalar.of(
            AaaReader.REALM.expected() + "; patterns go with identity, as *@*.example.org",
            text -> new Realm(AaaReader.REALM.parse().apply(text)));

    /** How peers prove themselves, as the audit names it. */
    private static final Scalar<String> METHOD = method();

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

    private static Scalar<String> method() {
        List<String> known = List.of(
                "CERTIFICATE",
                "SHARED-KEY",
                "MD5",
                "OTP",
                "GTC",
                "TLS",
                "SIM",
                "TTLS",
                "AKA",
                "PEAP",
                "MSCHAPV2",
                "FAST",
                "PAX",
                "PSK",
                "SAKE",
                "IKEV2",
                "AKA'",
                "GPSK",
                "PWD",
                "EKE",
                "TEAP");
        String eap = String.join(", ", known.subList(2, known.size()));
        return Scalar.of("CERTIFICATE, SHARED-KEY, or an EAP method: " + eap, text -> {
            String word = text.toUpperCase(Locale.ROOT);
            return known.stream()
                    .filter(word.equals(AKA_PRIME) ? "AKA'"::equals : word::equals)
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new);
        });
    }

    private ServiceRule rule(Section section) {
        for (String condition : List.of("realm", "identity", "method", "group", "connection")) {
            if (section.isEmptyList(condition)) {
                section.wrong(condition, "expected at least one; without the key, any will do");
            }
        }
        return new ServiceRule(
                section.list("realm", REALM, List.of()),
                section.list("identity", Scalar.TEXT, List.of()).stream()
                        .map(IdentityPattern::new)
                        .toList(),
                section.list("method", METHOD, List.of()),
                section.list("group", Scalar.TEXT, List.of()),
                section.get("mip6-features", FEATURES).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                section.list(
                        "connection", Scalar.choice(connections, "a name from the section connections"), List.of()),
                section.require("decision", DECISION, Verdict.REFUSE),
                section.get("why", Scalar.TEXT));
    }
}
