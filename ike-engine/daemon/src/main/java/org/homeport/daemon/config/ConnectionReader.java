package org.homeport.daemon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.core.auth.EapTurn.IdentityQuestion;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.child.SaMode;
import org.homeport.core.message.Proposal;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.core.policy.IdentityPattern;
import org.homeport.core.policy.RemoteAuth.EapOnly;
import org.homeport.core.policy.RemoteAuth.WithoutMsk;
import org.homeport.core.policy.Timing;
import org.homeport.daemon.config.ConnectionSettings.Auth;
import org.homeport.daemon.config.ConnectionSettings.Authorize;
import org.homeport.kit.IpPrefix;

/** Reads the section {@code connections}. */
final class ConnectionReader {
    private static final Scalar<IdentityPattern> REMOTE =
            Scalar.of("an identity, or a pattern with one * in front, as *@example.org", text -> {
                IdentityPattern pattern =
                        new IdentityPattern(Scalar.TEXT.parse().apply(text));
                if (text.lastIndexOf('*') > 0) {
                    throw new IllegalArgumentException();
                }
                if (!text.startsWith("*") && !text.equals("%any")) {
                    PeerIdentity.parse(text);
                }
                return pattern;
            });

    private static final List<SelectorText> EVERYTHING = List.of(
            new SelectorText(Optional.of(TrafficSelector.of(IpPrefix.parse("::/0"))), 0),
            new SelectorText(Optional.of(TrafficSelector.of(IpPrefix.parse("0.0.0.0/0"))), 0));

    private static final List<SelectorText> DYNAMIC = List.of(new SelectorText(Optional.empty(), 0));

    private enum AuthWord {
        EAP,
        CERTIFICATE,
        PSK
    }

    private final Reading reading;
    private final ProposalWords proposals;
    private final List<String> pools;

    /** @param pools the names that are there */
    ConnectionReader(Reading reading, ProposalWords proposals, List<String> pools) {
        this.reading = reading;
        this.proposals = proposals;
        this.pools = pools;
    }

    List<ConnectionSettings> connections(Section section) {
        List<ConnectionSettings> connections = new ArrayList<>();
        section.named().forEach((name, value) -> connections.add(value.section(s -> connection(name, s))));
        return connections;
    }

    private ConnectionSettings connection(String name, Section section) {
        section.refuse(
                "psk",
                "a key does not stand in the configuration: put it into a file of its own and name that"
                        + " with psk-file");
        Auth auth = auth(section);
        return new ConnectionSettings(
                name,
                section.get("remote", REMOTE, IdentityPattern.ANY),
                auth,
                authorize(section, auth),
                ProposalWords.numbered(section.list("ike-proposals", proposals.ike(), ProposalWords.usualIke())),
                pools(section),
                children(section),
                section.section("timing", ConnectionReader::timing));
    }

    private Auth auth(Section section) {
        AuthWord word = section.get("auth", Scalar.choice(AuthWord.class), AuthWord.EAP);
        Auth.Eap eap = section.section("eap", ConnectionReader::eap);
        Optional<Path> sharedKey = section.get("psk-file", Scalar.file(reading));
        if (word != AuthWord.EAP && section.value("eap").isPresent()) {
            section.wrong("eap", "only goes with auth: eap");
        }
        if (word != AuthWord.PSK && section.value("psk-file").isPresent()) {
            section.wrong("psk-file", "only goes with auth: psk");
        }
        return switch (word) {
            case EAP -> eap;
            case CERTIFICATE -> new Auth.Certificate();
            case PSK -> {
                if (section.value("psk-file").isEmpty()) {
                    section.missing("psk-file", "the file with the pre-shared key");
                }
                yield new Auth.SharedKey(sharedKey.orElse(reading.resolve("missing")));
            }
        };
    }

    private static Authorize authorize(Section section, Auth auth) {
        Authorize authorize = section.get("authorize", Scalar.choice(Authorize.class), Authorize.LOCAL);
        if (auth instanceof Auth.Eap && section.value("authorize").isPresent()) {
            section.wrong("authorize", "only goes with auth: certificate or psk; with EAP the AAA authorizes anyway");
        }
        return authorize;
    }

    private static Auth.Eap eap(Section section) {
        return new Auth.Eap(
                section.get("identity", Scalar.choice(IdentityQuestion.class), IdentityQuestion.SKIP),
                section.get("methods-without-msk", Scalar.choice(WithoutMsk.class), WithoutMsk.REFUSE),
                section.get("only", Scalar.choice(EapOnly.class), EapOnly.NEVER));
    }

    private List<String> pools(Section section) {
        return section.value("pools")
                .map(value -> value.each(Scalar.choice(pools, "a name from the section pools")))
                .orElse(pools);
    }

    private List<ChildPolicy> children(Section section) {
        List<ChildPolicy> children = section.section("children", below -> {
            List<ChildPolicy> all = new ArrayList<>();
            Set<Integer> reqids = new HashSet<>();
            below.named().forEach((name, value) -> all.add(value.section(s -> child(name, s, reqids))));
            return all;
        });
        return children.isEmpty()
                ? List.of(policy("net", SaMode.TUNNEL, ProposalWords.usualEsp(), EVERYTHING, DYNAMIC, 0))
                : children;
    }

    private ChildPolicy child(String name, Section section, Set<Integer> reqids) {
        SaMode mode = section.get("mode", Scalar.choice(SaMode.class), SaMode.TUNNEL);
        List<SelectorText> local =
                section.list("local", SelectorText.SCALAR, mode == SaMode.TUNNEL ? EVERYTHING : DYNAMIC);
        List<SelectorText> remote = section.list("remote", SelectorText.SCALAR, DYNAMIC);
        mixed("local", local, section);
        mixed("remote", remote, section);
        if (dynamic(local)
                && dynamic(remote)
                && local.getFirst().protocol() != remote.getFirst().protocol()) {
            section.wrong("remote", "expected the same protocol as in local, where both are dynamic");
        }
        int reqid = section.get("reqid", Scalar.number(1, Integer.MAX_VALUE), 0);
        if (reqid != 0 && !reqids.add(reqid)) {
            section.wrong("reqid", "another child of this connection has it: expected one of its own");
        }
        return policy(
                name,
                mode,
                ProposalWords.numbered(section.list("esp-proposals", proposals.esp(), ProposalWords.usualEsp())),
                local,
                remote,
                reqid);
    }

    private static void mixed(String key, List<SelectorText> selectors, Section section) {
        if (selectors.size() > 1 && selectors.stream().anyMatch(s -> s.fixed().isEmpty())) {
            section.wrong(key, "expected dynamic alone, or prefixes");
        }
    }

    private static boolean dynamic(List<SelectorText> selectors) {
        return selectors.size() == 1 && selectors.getFirst().fixed().isEmpty();
    }

    private static ChildPolicy policy(
            String name,
            SaMode mode,
            List<Proposal> esp,
            List<SelectorText> local,
            List<SelectorText> remote,
            int reqid) {
        int protocol = dynamic(local)
                ? local.getFirst().protocol()
                : dynamic(remote) ? remote.getFirst().protocol() : 0;
        return new ChildPolicy(name, mode, esp, fixed(local), fixed(remote), protocol, reqid);
    }

    private static List<TrafficSelector> fixed(List<SelectorText> selectors) {
        return selectors.stream().flatMap(s -> s.fixed().stream()).toList();
    }

    private static Timing timing(Section section) {
        Timing usual = Timing.DEFAULT;
        List<Duration> retransmits = section.list("retransmits", Scalar.POSITIVE_DURATION, usual.retransmits());
        if (section.isEmptyList("retransmits")) {
            section.wrong("retransmits", "expected at least one duration");
        }
        return new Timing(
                retransmits,
                section.get("half-open", Scalar.POSITIVE_DURATION, usual.halfOpen()),
                section.get("liveness", Scalar.DURATION_OR_NEVER, usual.liveness()),
                section.get("rekey-ike", Scalar.DURATION_OR_NEVER, usual.rekeyIke()),
                section.get("rekey-child", Scalar.DURATION_OR_NEVER, usual.rekeyChild()),
                section.get("keepalive", Scalar.POSITIVE_DURATION, usual.keepalive()));
    }
}
