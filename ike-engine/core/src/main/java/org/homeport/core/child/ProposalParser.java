package org.homeport.core.child;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.homeport.core.message.Proposal;
import org.homeport.core.message.Transform;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.EsnId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.PrfId;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.registry.TransformType;
import org.homeport.kit.Octets;

/**
 * Reads proposals as people write them, in strongSwan's spelling: keywords joined by '-', several of one kind being
 * alternatives in order of preference.
 */
public final class ProposalParser {
    private static final Map<String, Transform> ENCRYPTION = encryption();
    private static final Map<String, Transform> INTEGRITY = numbered(
            TransformType.INTEG,
            Map.entry("sha256", IntegrityId.HMAC_SHA2_256_128.value()),
            Map.entry("sha384", IntegrityId.HMAC_SHA2_384_192.value()),
            Map.entry("sha512", IntegrityId.HMAC_SHA2_512_256.value()),
            Map.entry("sha1", IntegrityId.HMAC_SHA1_96.value()));
    private static final Map<String, Transform> PRF = numbered(
            TransformType.PRF,
            Map.entry("prfsha256", PrfId.HMAC_SHA2_256.value()),
            Map.entry("prfsha384", PrfId.HMAC_SHA2_384.value()),
            Map.entry("prfsha512", PrfId.HMAC_SHA2_512.value()),
            Map.entry("prfsha1", PrfId.HMAC_SHA1.value()));
    private static final Map<String, Transform> GROUPS = numbered(
            TransformType.KE,
            Map.entry("x25519", KeyExchangeId.CURVE25519.value()),
            Map.entry("curve25519", KeyExchangeId.CURVE25519.value()),
            Map.entry("ecp256", KeyExchangeId.ECP_256.value()),
            Map.entry("ecp384", KeyExchangeId.ECP_384.value()),
            Map.entry("ecp521", KeyExchangeId.ECP_521.value()),
            Map.entry("modp2048", KeyExchangeId.MODP_2048.value()),
            Map.entry("modp3072", KeyExchangeId.MODP_3072.value()),
            Map.entry("modp4096", KeyExchangeId.MODP_4096.value()),
            Map.entry("modp1024", KeyExchangeId.MODP_1024.value()));
    private static final Map<String, Transform> NO_GROUP =
            numbered(TransformType.KE, Map.entry("modpnone", KeyExchangeId.NONE.value()));
    private static final Map<String, Transform> ESN =
            numbered(TransformType.ESN, Map.entry("noesn", EsnId.NO_ESN.value()), Map.entry("esn", EsnId.ESN.value()));

    private static final Set<Transform> LEGACY = Set.of(
            Transform.of(TransformType.PRF, PrfId.HMAC_SHA1.value()),
            Transform.of(TransformType.INTEG, IntegrityId.HMAC_SHA1_96.value()),
            Transform.of(TransformType.KE, KeyExchangeId.MODP_1024.value()));

    /** Android's IKE library has no elliptic curves of NIST's, others have no X25519: both, and MODP for the rest. */
    private static final String DEFAULT_GROUPS = "-x25519-ecp256-ecp384-modp3072-modp2048-modp4096";

    private static final String DEFAULT_PRFS = "-prfsha256-prfsha384-prfsha512";
    private static final String DEFAULT_AEADS = "aes256gcm16-aes128gcm16-chacha20poly1305";
    private static final String DEFAULT_CBC = "aes256-aes128-sha256-sha384-sha512";
    /** Without "modpnone" a peer that rekeys without key exchange would be refused. */
    private static final String DEFAULT_CHILD = DEFAULT_GROUPS + "-modpnone-noesn-esn";

    private ProposalParser() {}

    /**
     * An IKE proposal: ciphers, integrity algorithms unless the ciphers are AEAD, PRFs (may be left out when there are
     * integrity algorithms: then the same hashes), groups.
     *
     * @param text such as {@code aes128gcm16-prfsha256-x25519}
     * @return number 1, no SPI
     */
    public static Proposal ike(String text) {
        Keywords keywords = new Keywords(text, "an IKE proposal", List.of(ENCRYPTION, INTEGRITY, PRF, GROUPS));
        keywords.requireIntegrityThatFits();
        if (keywords.none(TransformType.PRF) && keywords.any(TransformType.INTEG)) {
            keywords.addHashesAsPrf();
        }
        keywords.require(TransformType.PRF, PRF);
        keywords.require(TransformType.KE, GROUPS);
        return keywords.proposal(ProtocolId.IKE);
    }

    /**
     * An ESP proposal: ciphers, integrity algorithms unless the ciphers are AEAD, groups if rekeying shall exchange
     * keys ({@code modpnone} beside them: need not), {@code esn} or {@code noesn} (the default).
     *
     * @param text such as {@code aes128-sha256-modp2048}
     * @return number 1, no SPI
     */
    public static Proposal esp(String text) {
        Keywords keywords =
                new Keywords(text, "an ESP proposal", List.of(ENCRYPTION, INTEGRITY, GROUPS, NO_GROUP, ESN));
        keywords.requireIntegrityThatFits();
        if (keywords.none(TransformType.ESN)) {
            keywords.transforms.add(Transform.of(TransformType.ESN, EsnId.NO_ESN.value()));
        }
        return keywords.proposal(ProtocolId.ESP);
    }

    /** What is offered and taken where nothing is configured (RFC 8247). */
    public static List<Proposal> ikeDefaults() {
        return List.of(
                ike(DEFAULT_AEADS + DEFAULT_PRFS + DEFAULT_GROUPS),
                second(ike(DEFAULT_CBC + DEFAULT_PRFS + DEFAULT_GROUPS)));
    }

    /** What is offered and taken where nothing is configured (RFC 8221). */
    public static List<Proposal> espDefaults() {
        return List.of(esp(DEFAULT_AEADS + DEFAULT_CHILD), second(esp(DEFAULT_CBC + DEFAULT_CHILD)));
    }

    /** Whether a transform is only for peers that cannot do better: SHA-1, MODP-1024 (RFC 8247 section 2). */
    public static boolean isLegacy(Transform transform) {
        return LEGACY.contains(transform);
    }

    private static Proposal second(Proposal proposal) {
        return new Proposal(2, proposal.protocol(), proposal.spi(), proposal.transforms());
    }

    private static boolean isAead(Transform encryption) {
        return new EncryptionId(encryption.id()).isAead();
    }

    private static Map<String, Transform> encryption() {
        Map<String, Transform> table = new LinkedHashMap<>();
        for (int bits : List.of(128, 192, 256)) {
            table.put("aes" + bits, Transform.of(TransformType.ENCR, EncryptionId.AES_CBC.value(), bits));
            table.put("aes" + bits + "gcm16", Transform.of(TransformType.ENCR, EncryptionId.AES_GCM_16.value(), bits));
        }
        table.put("chacha20poly1305", Transform.of(TransformType.ENCR, EncryptionId.CHACHA20_POLY1305.value()));
        return table;
    }

    @SafeVarargs
    private static Map<String, Transform> numbered(TransformType type, Map.Entry<String, Integer>... entries) {
        Map<String, Transform> table = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> entry : entries) {
            table.put(entry.getKey(), Transform.of(type, entry.getValue()));
        }
        return table;
    }

    /** A text taken apart. */
    private static final class Keywords {
        private final String text;
        private final String what;
        private final List<String> keywords;
        private final List<Transform> transforms = new ArrayList<>();

        Keywords(String text, String what, List<Map<String, Transform>> understood) {
            this.text = text;
            this.what = what;
            this.keywords = List.of(text.strip().toLowerCase(Locale.ROOT).split("-", -1));
            for (String keyword : keywords) {
                Transform transform = understood.stream()
                        .flatMap(table -> Optional.ofNullable(table.get(keyword)).stream())
                        .findFirst()
                        .orElseThrow(() -> wrong("'" + keyword + "' is none of " + names(understood)));
                if (!transforms.contains(transform)) {
                    transforms.add(transform);
                }
            }
            require(TransformType.ENCR, ENCRYPTION);
        }

        void require(TransformType type, Map<String, Transform> table) {
            if (none(type)) {
                throw wrong("one of " + names(List.of(table)) + " is missing");
            }
        }

        void requireIntegrityThatFits() {
            Predicate<Transform> aead = ProposalParser::isAead;
            boolean combined = of(TransformType.ENCR).anyMatch(aead);
            if (combined && of(TransformType.ENCR).anyMatch(aead.negate())) {
                throw wrong("ciphers with and without integrity of their own belong in separate proposals");
            }
            if (combined && any(TransformType.INTEG)) {
                throw wrong("its ciphers bring their own integrity, leave out " + names(List.of(INTEGRITY)));
            }
            if (!combined) {
                require(TransformType.INTEG, INTEGRITY);
            }
        }

        /** "sha256" stands for "prfsha256" too. */
        void addHashesAsPrf() {
            for (String keyword : keywords) {
                if (INTEGRITY.containsKey(keyword)) {
                    Optional.ofNullable(PRF.get("prf" + keyword)).ifPresent(transforms::add);
                }
            }
        }

        boolean any(TransformType type) {
            return of(type).findAny().isPresent();
        }

        boolean none(TransformType type) {
            return !any(type);
        }

        Stream<Transform> of(TransformType type) {
            return transforms.stream().filter(t -> t.type().equals(type));
        }

        Proposal proposal(ProtocolId protocol) {
            List<Transform> ordered = Stream.of(
                            TransformType.ENCR,
                            TransformType.INTEG,
                            TransformType.PRF,
                            TransformType.KE,
                            TransformType.ESN)
                    .flatMap(this::of)
                    .toList();
            return new Proposal(1, protocol, Octets.EMPTY, ordered);
        }

        private IllegalArgumentException wrong(String why) {
            return new IllegalArgumentException("'" + text + "' is not " + what + ": " + why);
        }

        private static String names(List<Map<String, Transform>> tables) {
            return tables.stream().flatMap(table -> table.keySet().stream()).collect(Collectors.joining(", "));
        }
    }
}
