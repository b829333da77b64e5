package org.homeport.daemon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.aaa.radius.eap.OuterIdentity;
import org.homeport.aaa.route.Realm;
import org.homeport.daemon.config.AaaSettings.NasSettings;
import org.homeport.daemon.config.EmbeddedSettings.EapMethod;
import org.homeport.daemon.config.RealmSettings.Answerer;
import org.homeport.daemon.config.ServerSettings.StatusServer;
import org.homeport.daemon.config.ServerSettings.Transport;
import org.homeport.eap.peap.BindingPolicy;
import org.homeport.kit.IpAddress;

/** Reads the section {@code aaa}. */
final class AaaReader {
    private static final IpAddress NO_ADDRESS = IpAddress.parse("100::");
    private static final String EMBEDDED = "embedded";
    private static final String REFUSE = "refuse";
    private static final Set<String> WORDS = Set.of(EMBEDDED, REFUSE);

    /** In its form for comparing. */
    static final Scalar<String> REALM = Scalar.of("a realm, as example.org", text -> {
        if (text.isBlank() || text.contains("@") || text.contains("*")) {
            throw new IllegalArgumentException();
        }
        return new Realm(text).key();
    });

    private final Scalar<Path> file;
    private final WithoutMskTaken withoutMsk;

    /** Whether any connection takes methods that make no MSK. */
    enum WithoutMskTaken {
        BY_SOME,
        BY_NONE
    }

    private enum TransportWord {
        UDP,
        TLS
    }

    AaaReader(Reading reading, WithoutMskTaken withoutMsk) {
        this.file = Scalar.file(reading);
        this.withoutMsk = withoutMsk;
    }

    AaaSettings aaa(Section section) {
        List<ServerSettings> servers = section.section("servers", this::servers);
        Optional<EmbeddedSettings> embedded = embedded(section);
        if (embedded.isEmpty() && servers.isEmpty()) {
            section.missing(
                    "users", "the file with the users, as 'users: users'; or RADIUS servers, in a section 'servers'");
        }
        List<String> names = servers.stream().map(ServerSettings::name).toList();
        return new AaaSettings(
                embedded,
                servers,
                section.get("patience", Scalar.POSITIVE_DURATION, AaaSettings.PATIENCE),
                section.section("realms", s -> realms(s, names, embedded.isPresent())),
                section.get("default-realm", REALM),
                section.get("outer-identity", Scalar.choice(OuterIdentity.class), OuterIdentity.REFUSE),
                section.section(
                        "nas",
                        nas -> new NasSettings(nas.get("identifier", Scalar.TEXT), nas.get("operator-name", REALM))));
    }

    private Optional<EmbeddedSettings> embedded(Section section) {
        Optional<Path> users = section.get("users", file);
        List<EapMethod> methods = section.list("methods", Scalar.choice(EapMethod.class), List.of(EapMethod.MSCHAPV2));
        if (section.isEmptyList("methods") || new HashSet<>(methods).size() < methods.size()) {
            section.wrong("methods", "expected each method once, at least one");
        }
        if (methods.contains(EapMethod.MD5) && withoutMsk == WithoutMskTaken.BY_NONE) {
            section.wrong(
                    "methods",
                    "md5 makes no MSK and no connection takes such methods: take it out, or say "
                            + "'eap: {methods-without-msk: allow}' in a connection");
        }
        List<Path> anchors = section.list("trust-anchors", file, List.of());
        if (methods.contains(EapMethod.TLS) && anchors.isEmpty()) {
            section.missing("trust-anchors", "who vouches for the certificates of peers that use tls");
        }
        List<String> localRealms = section.list("local-realms", Scalar.TEXT, List.of());
        BindingPolicy cryptobinding =
                section.get("peap-cryptobinding", Scalar.choice(BindingPolicy.class), BindingPolicy.OPTIONAL);
        return users.map(u -> new EmbeddedSettings(u, methods, localRealms, anchors, cryptobinding));
    }

    private List<ServerSettings> servers(Section section) {
        List<ServerSettings> servers = new ArrayList<>();
        section.named().forEach((name, value) -> {
            if (WORDS.contains(name)) {
                value.wrong("this word has a meaning in 'realms': expected another name for the server");
            }
            servers.add(value.section(server -> server(name, server)));
        });
        return servers;
    }

    private ServerSettings server(String name, Section section) {
        section.refuse(
                "secret",
                "a secret does not stand in the configuration: put it into a file of its own and name that"
                        + " with secret-file");
        IpAddress address = section.require("address", Scalar.ADDRESS, NO_ADDRESS);
        TransportWord word = section.get("transport", Scalar.choice(TransportWord.class), TransportWord.UDP);
        List<Duration> retransmits = section.list("retransmits", Scalar.POSITIVE_DURATION, ServerSettings.RETRANSMITS);
        if (section.isEmptyList("retransmits")) {
            section.wrong("retransmits", "expected at least one duration");
        }
        return new ServerSettings(
                name,
                address,
                section.get(
                        "port", Scalar.PORT, word == TransportWord.UDP ? ServerSettings.PORT : ServerSettings.TLS_PORT),
                section.get("accounting-port", Scalar.PORT, ServerSettings.ACCOUNTING_PORT),
                switch (word) {
                    case UDP -> udp(section);
                    case TLS -> tls(section);
                },
                section.get("source", Scalar.ADDRESS),
                retransmits,
                section.get("dead-time", Scalar.POSITIVE_DURATION, ServerSettings.DEAD_TIME),
                section.get("status-server", Scalar.SWITCH, true) ? StatusServer.YES : StatusServer.NO);
    }

    private Transport udp(Section section) {
        for (String key : List.of("server-name", "certificate", "private-key", "trust-anchors")) {
            if (section.value(key).isPresent()) {
                section.wrong(key, "only goes with transport: tls");
            }
        }
        return new Transport.Udp(section.require("secret-file", file, Path.of("missing")));
    }

    private Transport tls(Section section) {
        for (String key : List.of("secret-file", "accounting-port")) {
            if (section.value(key).isPresent()) {
                section.wrong(key, "only goes with transport: udp; over TLS everything takes one connection");
            }
        }
        List<Path> anchors = section.list("trust-anchors", file, List.of());
        if (anchors.isEmpty()) {
            section.missing("trust-anchors", "who vouches for the server's certificate");
        }
        return new Transport.Tls(
                section.require("server-name", Scalar.TEXT, "missing"),
                section.require("certificate", file, Path.of("missing")),
                section.require("private-key", file, Path.of("missing")),
                anchors);
    }

    private static List<RealmSettings> realms(Section section, List<String> servers, boolean embedded) {
        List<RealmSettings> realms = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        section.named().forEach((name, value) -> {
            Optional<String> realm = realm(name);
            if (realm.isEmpty()) {
                value.wrong("this key is no realm: expected " + REALM.expected() + ", or \"*\" for all others");
            } else if (!seen.add(realm.get())) {
                value.wrong("this realm stands here twice, as realms are compared without case: keep one of the two");
            }
            realms.add(new RealmSettings(realm.orElse(name), answerer(value, servers, embedded)));
        });
        return realms;
    }

    /** Words that have a meaning on the other side are none: routes go by the realms' names. */
    private static Optional<String> realm(String name) {
        if (name.equals(RealmSettings.OTHERS)) {
            return Optional.of(name);
        }
        try {
            return Optional.of(REALM.parse().apply(name)).filter(realm -> !WORDS.contains(realm));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Answerer answerer(Value value, List<String> servers, boolean embedded) {
        List<String> words = new ArrayList<>(servers);
        words.addAll(List.of(EMBEDDED, REFUSE));
        List<String> names = value.each(
                Scalar.choice(words, "names from the section servers, embedded or refuse, as [home1, home2]"));
        if (names.equals(List.of(EMBEDDED)) && !embedded) {
            value.wrong("there is no embedded AAA: expected 'users: FILE' in the section aaa");
        }
        if (names.isEmpty()) {
            return new Answerer.Nobody();
        }
        if (names.contains(EMBEDDED) || names.contains(REFUSE)) {
            if (names.size() > 1) {
                value.wrong("expected servers, or embedded or refuse alone");
            }
            return names.contains(EMBEDDED) ? new Answerer.Embedded() : new Answerer.Nobody();
        }
        return new Answerer.Servers(names);
    }
}
