package org.homeport.daemon;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.homeport.aaa.radius.RadiusClient;
import org.homeport.aaa.radius.RadiusOutcome;
import org.homeport.aaa.radius.RadiusRequest;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.crypto.CertifiedSigner;
import org.homeport.crypto.JdkCredentials;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.crypto.SignaturePreference;
import org.homeport.daemon.config.AaaSettings;
import org.homeport.daemon.config.ConnectionSettings;
import org.homeport.daemon.config.ConnectionSettings.Auth;
import org.homeport.daemon.config.ConnectionSettings.Authorize;
import org.homeport.daemon.config.DynamicAuthorizationSettings;
import org.homeport.daemon.config.RealmSettings;
import org.homeport.daemon.config.RealmSettings.Answerer;
import org.homeport.daemon.config.ServerSettings;
import org.homeport.daemon.config.ServerSettings.Transport;
import org.homeport.kit.Endpoint;
import org.homeport.kit.Secret;

/** Looks at RADIUS servers, realms, and those that may send orders. */
final class AaaInspection {
    /** "It is preferred that the secret be at least 16 octets" (RFC 2865 section 3). */
    private static final int SHORT_SECRET = 16;

    /** To see whether a key is a certificate's. */
    private static final SignaturePreference ANY_SIGNATURE =
            new SignaturePreference(SignaturePreference.RsaPadding.PSS, Sha1Policy.REFUSE);

    private final Findings findings;
    private final Surroundings surroundings;

    AaaInspection(Findings findings, Surroundings surroundings) {
        this.findings = findings;
        this.surroundings = surroundings;
    }

    void aaa(AaaSettings settings) {
        settings.servers().forEach(this::server);
        realms(settings);
    }

    /** The initial exchange of a peer ends with {@code half-open}: what a server says later finds nobody. */
    void patience(AaaSettings settings, List<ConnectionSettings> connections) {
        if (settings.servers().isEmpty()) {
            return;
        }
        connections.stream()
                .filter(connection -> connection.auth() instanceof Auth.Eap || connection.authorize() == Authorize.AAA)
                .filter(connection ->
                        settings.patience().compareTo(connection.timing().halfOpen()) >= 0)
                .forEach(connection -> findings.add(Finding.note(
                        "aaa.patience",
                        seconds(settings.patience()) + " is not below the "
                                + seconds(connection.timing().halfOpen()) + " of connections." + connection.name()
                                + ".timing.half-open: its peers are given up before the last server was asked")));
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
    }

    private void server(ServerSettings server) {
        String about = about(server);
        switch (server.transport()) {
            case Transport.Udp(Path secret) -> sharedSecret(about, secret);
            case Transport.Tls tls -> tls(about, tls);
        }
        route(about, server);
    }

    void orders(DynamicAuthorizationSettings settings, Findings.Running running) {
        settings.listen().forEach(endpoint -> findings.port(endpoint, running));
        settings.clients().forEach(client -> sharedSecret("orders of " + client.name(), client.secret()));
    }

    private void sharedSecret(String about, Path file) {
        boolean readable = findings.attempt(about, () -> {
            try (Secret secret = SharedKeyFile.read("shared secret", file)) {
                return file + ": a secret of " + secret.length() + " octets";
            }
        });
        findings.secrecy(about, file);
        if (readable) {
            oddities(about, file);
        }
    }

    /** What works, and is rarely meant: above all the other side may have read another secret out of the same file. */
    private void oddities(String about, Path file) {
        try (Secret secret = SharedKeyFile.read("shared secret", file)) {
            if (secret.length() < SHORT_SECRET) {
                findings.add(Finding.note(
                        about,
                        "the secret in " + file + " has " + secret.length() + " octets; " + SHORT_SECRET
                                + " at least are preferred (RFC 2865 section 3)"));
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            if (lines.stream().skip(1).anyMatch(line -> !line.isBlank())) {
                findings.add(Finding.note(
                        about,
                        file + " has " + lines.size() + " lines: only the first counts, does the server agree?"));
            }
            if (!lines.getFirst().equals(lines.getFirst().strip()) || text.indexOf('\r') >= 0) {
                findings.add(Finding.note(
                        about,
                        "the first line of " + file + " begins or ends with white space, which does not count here:"
                                + " take it out, for the server it may be part of the secret"));
            }
        } catch (IOException | StartFailedException e) {
            // It was read just now; whoever took it away meanwhile will meet the start's sentence.
        }
    }

    private void tls(String about, Transport.Tls tls) {
        Instant now = surroundings.clock().instant();
        try {
            JdkCredentials own = JdkCredentials.load(tls.certificate(), tls.privateKey());
            X509Certificate certificate = own.chain().getFirst();
            validity(about, tls.certificate().toString(), certificate, now);
            CertifiedSigner.load(tls.privateKey(), tls.certificate(), ANY_SIGNATURE);
            findings.add(Finding.ok(about, tls.privateKey() + " is the certificate's key"));
        } catch (KeyMaterialException e) {
            findings.add(Finding.wrong(about, String.valueOf(e.getMessage())));
        }
        findings.secrecy(about, tls.privateKey());
        for (Path anchor : tls.trustAnchors()) {
            try {
                for (X509Certificate authority : JdkCredentials.certificates(anchor)) {
                    validity(about, anchor + ": " + authority.getSubjectX500Principal(), authority, now);
                }
            } catch (KeyMaterialException e) {
                findings.add(Finding.wrong(about, String.valueOf(e.getMessage())));
            }
        }
    }

    private void validity(String about, String what, X509Certificate certificate, Instant now) {
        findings.validity(
                about,
                what,
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                now);
    }

    /** A connected UDP socket asks the kernel for a route and sends nothing. */
    private void route(String about, ServerSettings server) {
        Endpoint to = new Endpoint(server.address(), server.port());
        try (DatagramChannel socket = DatagramChannel.open(
                to.address().isV6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET)) {
            if (server.source().isPresent()) {
                socket.bind(new Endpoint(server.source().get(), 0).toSocketAddress());
            }
            socket.connect(to.toSocketAddress());
            findings.add(Finding.ok(
                    about,
                    to + " has a route, from "
                            + Endpoint.of((InetSocketAddress) socket.getLocalAddress())
                                    .address()));
        } catch (IOException | RuntimeException e) {
            findings.add(Finding.wrong(
                    about,
                    to
                            + server.source()
                                    .map(source -> " from source " + source)
                                    .orElse("")
                            + " cannot be reached: " + e.getMessage()
                            + " ('ip route get " + server.address() + "' tells; source has to be this host's)"));
        }
    }

    /** Realms that name servers which are not there are the configuration's mistakes; this is what may be meant. */
    private void realms(AaaSettings settings) {
        Set<String> unused = new LinkedHashSet<>();
        settings.servers().forEach(server -> unused.add(server.name()));
        List<RealmSettings> realms = settings.realms();
        realms.forEach(realm -> {
            if (realm.by() instanceof Answerer.Servers(List<String> names)) {
                names.forEach(unused::remove);
            }
        });
        if (!realms.isEmpty()) {
            unused.forEach(server -> findings.add(Finding.note(
                    "RADIUS " + server,
                    "no realm names it: it is never asked; name it in aaa.realms, or leave it out")));
            findings.add(Finding.ok(
                    "realms",
                    String.join(", ", realms.stream().map(AaaInspection::words).toList())));
        }
        Optional<String> lost = settings.defaultRealm()
                .filter(realm -> !realms.isEmpty())
                .filter(realm -> realms.stream()
                        .noneMatch(r -> r.realm().equals(realm) || r.realm().equals(RealmSettings.OTHERS)));
        lost.ifPresent(realm -> findings.add(Finding.wrong(
                "realms",
                "default-realm is '" + realm + "', for which nobody answers: names without a realm are refused;"
                        + " add it to aaa.realms, or leave default-realm out")));
    }

    private static String words(RealmSettings realm) {
        return realm.realm() + " by "
                + switch (realm.by()) {
                    case Answerer.Embedded embedded -> "the embedded AAA";
                    case Answerer.Nobody nobody -> "nobody";
                    case Answerer.Servers(List<String> names) -> String.join(", then ", names);
                };
    }

    private record Asked(RadiusClient client, CompletableFuture<Finding> finding) {}

    /** Asks every server for a sign of life (RFC 5997), all at once: this sends packets, and waits for answers. */
    void ask(List<ServerSettings> servers) {
        List<Asked> asked = new ArrayList<>();
        for (ServerSettings server : servers) {
            try {
                asked.add(ask(server));
            } catch (StartFailedException e) {
                findings.add(Finding.wrong(about(server), "not asked: " + e.getMessage()));
            }
        }
        for (Asked one : asked) {
            findings.add(one.finding().join());
            one.client().close();
        }
    }

    private Asked ask(ServerSettings server) throws StartFailedException {
        RadiusClient client = RadiusServers.open(List.of(server), RadiusClient.PATIENCE, surroundings.random());
        long begun = System.nanoTime();
        return new Asked(
                client,
                client.exchange(
                                List.of(server.name()),
                                new RadiusRequest(RadiusRequest.Kind.STATUS, List.of(), Optional.empty()))
                        .thenApply(outcome -> answer(server, outcome, Duration.ofNanos(System.nanoTime() - begun)))
                        .toCompletableFuture());
    }

    private static String about(ServerSettings server) {
        return "RADIUS " + server.name();
    }

    private static Finding answer(ServerSettings server, RadiusOutcome outcome, Duration took) {
        String about = about(server);
        return switch (outcome) {
            case RadiusOutcome.Answer answer ->
                Finding.ok(
                        about,
                        "answers Status-Server with " + answer.packet().code() + " after " + took.toMillis() + " ms");
            case RadiusOutcome.NoAnswer(String reason) -> {
                List<String> causes = new ArrayList<>(List.of(
                        "does it run there, does a firewall lie between, and does it know this host as a client"));
                causes.add(
                        server.transport() instanceof Transport.Udp
                                ? "with the same secret"
                                : "with a certificate that it trusts");
                yield Finding.wrong(
                        about,
                        reason + " to Status-Server: " + String.join(" ", causes)
                                + "? A server without Status-Server (RFC 5997) is silent too.");
            }
        };
    }
}
