package org.homeport.daemon.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.aaa.AaaProfile;
import org.homeport.daemon.config.DynamicAuthorizationSettings.Client;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;

/** Reads the sections {@code accounting} and {@code dynamic-authorization}. */
final class AccountingReader {
    private static final IpAddress NO_ADDRESS = IpAddress.parse("100::");

    private static final Scalar<IpPrefix> SOURCE = Scalar.of(
            "an address or a prefix, as 2001:db8:3::1 or 2001:db8:3::/64",
            text -> text.contains("/") ? Scalar.PREFIX.parse().apply(text) : IpPrefix.host(IpAddress.parse(text)));

    private final Reading reading;
    private final Scalar<Path> file;

    AccountingReader(Reading reading) {
        this.reading = reading;
        this.file = Scalar.file(reading);
    }

    Optional<AccountingSettings> accounting(Section top) {
        return top.optional(
                "accounting",
                section -> new AccountingSettings(
                        section.get("interim", Scalar.DURATION_OR_NEVER, AccountingSettings.INTERIM),
                        section.get("queue", file, reading.resolve("accounting.db")),
                        section.get("cdr", file)));
    }

    /** @param aaa whose realms clients may be limited to */
    Optional<DynamicAuthorizationSettings> dynamicAuthorization(Section top, Optional<AaaSettings> aaa) {
        List<String> routes = aaa.map(AccountingReader::routes).orElse(List.of());
        return top.optional("dynamic-authorization", section -> {
            List<Client> clients = section.section("clients", all -> clients(all, routes));
            if (clients.isEmpty()) {
                section.missing(
                        "clients", "at least one, as 'home1: { address: 2001:db8:3::1, secret-file: FILE }' below it");
            }
            return new DynamicAuthorizationSettings(
                    listen(section),
                    clients,
                    section.get("window", Scalar.POSITIVE_DURATION, DynamicAuthorizationSettings.WINDOW));
        });
    }

    private static List<Endpoint> listen(Section section) {
        Optional<Value> listen = section.value("listen");
        if (listen.isEmpty()) {
            section.missing("listen", "an address of this host, as 2001:db8:2::1");
        }
        return listen.map(Value::items).orElse(List.of()).stream()
                .map(item -> item.isWord()
                        ? new Endpoint(item.as(Scalar.ADDRESS).orElse(NO_ADDRESS), DynamicAuthorizationSettings.PORT)
                        : item.section(at -> new Endpoint(
                                at.require("address", Scalar.ADDRESS, NO_ADDRESS),
                                at.get("port", Scalar.PORT_OR_ANY, DynamicAuthorizationSettings.PORT))))
                .toList();
    }

    /** By what grants say who made them: one for each realm with servers, and one for the AAA in this process. */
    private static List<String> routes(AaaSettings aaa) {
        List<String> routes = new ArrayList<>();
        aaa.embedded().ifPresent(embedded -> routes.add(AaaProfile.EMBEDDED));
        aaa.realms().stream()
                .filter(realm -> realm.by() instanceof RealmSettings.Answerer.Servers)
                .map(RealmSettings::realm)
                .forEach(routes::add);
        if (aaa.realms().isEmpty() && !aaa.servers().isEmpty()) {
            routes.add(RealmSettings.OTHERS);
        }
        return routes;
    }

    private List<Client> clients(Section section, List<String> routes) {
        List<Client> clients = new ArrayList<>();
        section.named().forEach((name, value) -> clients.add(value.section(client -> client(name, client, routes))));
        return clients;
    }

    private Client client(String name, Section section, List<String> routes) {
        section.refuse(
                "secret",
                "a secret does not stand in the configuration: put it into a file of its own and name that"
                        + " with secret-file");
        List<IpPrefix> addresses = section.list("address", SOURCE, List.of());
        if (addresses.isEmpty()) {
            section.missing("address", SOURCE.expected());
        }
        if (section.isEmptyList("realms")) {
            section.wrong("realms", "expected at least one; without the key, all sessions may be named");
        }
        Scalar<String> realm = Scalar.choice(
                routes, "realms of aaa.realms that have servers, as they stand there in lower case, or embedded");
        return new Client(
                name,
                addresses,
                section.require("secret-file", file, Path.of("missing")),
                section.list("realms", realm, List.of()));
    }
}
