package org.homeport.testbeds.mn;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.LocalAuth.EapOnly;
import org.homeport.core.policy.RemoteAuth.WithoutMsk;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.daemon.StartFailedException;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.Nai;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.aka.AkaPeer;
import org.homeport.eap.aka.AkaPeerSettings;
import org.homeport.eap.aka.AkaSubscription;
import org.homeport.eap.aka.AkaVariant;
import org.homeport.eap.md5.Md5Peer;
import org.homeport.eap.mschapv2.MschapV2Peer;
import org.homeport.eap.mschapv2.NtHash;
import org.homeport.eap.peap.BindingPolicy;
import org.homeport.eap.peap.PeapPeer;
import org.homeport.eap.psk.PskKeys;
import org.homeport.eap.psk.PskPeer;
import org.homeport.eap.tls.EapTlsFragments;
import org.homeport.eap.tls.TlsClientSettings;
import org.homeport.eap.tls.TlsClientSide;
import org.homeport.eap.tls.TlsPeer;
import org.homeport.eap.ttls.TtlsPeer;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the node proves itself by EAP, as options of a command. */
final class EapOptions {
    /** Octets of an EAP-TLS packet: IKE_AUTH with one fits into the smallest IPv6 packet. */
    private static final int FRAGMENT = 1024;

    /** In the words of the configuration. */
    enum Method {
        MSCHAPV2,
        MD5,
        TLS,
        AKA,
        TTLS,
        PEAP,
        AKA_PRIME,
        PSK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(
            names = "--eap",
            split = ",",
            paramLabel = "METHOD",
            description = "EAP methods in order of preference: ${COMPLETION-CANDIDATES}"
                    + " (default: those that there are credentials for)")
    private List<Method> methods = List.of();

    @Option(
            names = "--inner",
            paramLabel = "METHOD",
            defaultValue = "mschapv2",
            description = "inside ttls and peap: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE});"
                    + " with peap mschapv2 or gtc")
    private InnerMethod inner = InnerMethod.MSCHAPV2;

    @Option(
            names = "--cryptobinding",
            paramLabel = "POLICY",
            defaultValue = "optional",
            description = "whether peap binds its tunnel to what is inside: never, optional or required"
                    + " (default: ${DEFAULT-VALUE})")
    private BindingPolicy cryptobinding = BindingPolicy.OPTIONAL;

    @Option(
            names = "--anonymous",
            paramLabel = "NAI",
            description = "who we say to be where others listen, as anonymous@example.org; --identity goes in a tunnel")
    private Optional<String> anonymous = Optional.empty();

    @Option(names = "--eap-only", description = "let EAP alone prove the home agent, if the method can (RFC 5998)")
    private boolean only;

    @Option(names = "--allow-without-msk", description = "take methods that make no key, such as md5")
    private boolean withoutMsk;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Who we say to be in IDi and EAP-Response/Identity. */
    String outer(String identity) {
        return anonymous.orElse(identity);
    }

    /** @return empty if nothing is said of EAP */
    Optional<LocalAuth> local(String identity, EapCredentials credentials) {
        return methods.isEmpty() && possible(credentials).isEmpty()
                ? Optional.empty()
                : Optional.of(new LocalAuth.ByEap(
                        PeerIdentity.parse(outer(identity)),
                        withoutMsk ? WithoutMsk.ALLOW : WithoutMsk.REFUSE,
                        only ? EapOnly.OFFERED : EapOnly.WITHHELD));
    }

    /** @param identity who the node is */
    EapPeers peers(String identity, EapCredentials credentials) throws KeyMaterialException, StartFailedException {
        List<Maker> makers = new ArrayList<>();
        for (Method method : methods.isEmpty() ? possible(credentials) : methods) {
            makers.add(maker(method, identity, credentials));
        }
        return random -> new EapPeer(
                Octets.utf8(outer(identity)),
                makers.stream().map(maker -> maker.make(random)).toList(),
                EapLimits.DEFAULT);
    }

    /** Makes a method's peer for one conversation. */
    private interface Maker {
        PeerMethod make(RandomSource random);
    }

    private static List<Method> possible(EapCredentials credentials) {
        List<Method> possible = new ArrayList<>();
        if (credentials.hasCertificate()) {
            possible.add(Method.TLS);
        }
        if (credentials.hasSim()) {
            possible.addAll(List.of(Method.AKA_PRIME, Method.AKA));
        }
        if (credentials.hasKey()) {
            possible.add(Method.PSK);
        }
        if (credentials.hasPassword()) {
            possible.addAll(List.of(Method.MSCHAPV2, Method.MD5));
        }
        return possible;
    }

    private Maker maker(Method method, String identity, EapCredentials credentials)
            throws KeyMaterialException, StartFailedException {
        String name = method.toString();
        return switch (method) {
            case MSCHAPV2 -> {
                NtHash hash = NtHash.ofPassword(credentials.password(name));
                yield random -> new MschapV2Peer(identity, hash, random);
            }
            case MD5 -> {
                Secret secret = credentials.password(name);
                yield random -> new Md5Peer(identity, secret);
            }
            case TLS -> {
                TlsClientSettings settings = credentials.tls(name, Optional.of(credentials.certifiedKey(name)));
                yield random -> new TlsPeer(
                        new TlsClientSide(settings, InstantSource.system(), random), new EapTlsFragments(0, FRAGMENT));
            }
            case TTLS -> {
                Secret secret = credentials.password(name);
                TlsClientSettings settings = credentials.tls(name, Optional.empty());
                yield random -> TtlsPeer.of(
                        new TlsClientSide(settings, InstantSource.system(), random),
                        FRAGMENT,
                        inner.inTtls(identity, secret, random),
                        random);
            }
            case PEAP -> peap(name, identity, credentials);
            case PSK -> {
                PskKeys keys = PskKeys.of(credentials.key(name));
                yield random -> new PskPeer(identity, keys, random);
            }
            case AKA -> aka(AkaVariant.AKA, name, identity, credentials);
            case AKA_PRIME -> aka(AkaVariant.AKA_PRIME, name, identity, credentials);
        };
    }

    private Maker peap(String name, String identity, EapCredentials credentials)
            throws KeyMaterialException, StartFailedException {
        if (inner != InnerMethod.MSCHAPV2 && inner != InnerMethod.GTC) {
            throw new ParameterException(
                    command.commandLine(), "--inner " + inner + ": expected mschapv2 or gtc, for --eap peap");
        }
        Secret secret = credentials.password(name);
        TlsClientSettings settings = credentials.tls(name, Optional.empty());
        return random -> PeapPeer.of(
                new TlsClientSide(settings, InstantSource.system(), random),
                FRAGMENT,
                inner.inPeap(identity, secret, random),
                cryptobinding,
                random);
    }

    private Maker aka(AkaVariant variant, String name, String identity, EapCredentials credentials)
            throws StartFailedException {
        AkaSubscription subscription = new AkaSubscription(variant, nai(identity), credentials.usim(name));
        return random -> new AkaPeer(subscription, Octets.utf8(outer(identity)), AkaPeerSettings.DEFAULT, random);
    }

    private Nai nai(String identity) {
        try {
            return Nai.of(Octets.utf8(identity));
        } catch (WireException e) {
            throw new ParameterException(command.commandLine(), "--identity " + identity + ": " + e.getMessage());
        }
    }
}
