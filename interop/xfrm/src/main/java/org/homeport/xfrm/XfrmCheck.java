package org.homeport.xfrm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.core.child.EspKeys;
import org.homeport.core.child.EspSuite;
import org.homeport.core.child.SaMode;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.EsnId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.kit.IpAddress;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.xfrm.netlink.Errno;
import org.homeport.xfrm.netlink.KernelRefusedException;

/**
 * Finds out what this kernel's IPsec can do, by doing it: an SA between documentation addresses (RFC 5737, RFC 3849) for
 * each algorithm, gone again at once.
 */
public final class XfrmCheck {
    /**
     * One thing found out.
     *
     * @param sentence for the operator
     */
    public record Finding(Verdict verdict, String sentence) {}

    public enum Verdict {
        GOOD,
        /** Part of it is missing: it matters to those who want that part. */
        LIMITED,
        /** No SA can be installed. */
        UNUSABLE
    }

    private static final IpAddress V6 = IpAddress.parse("2001:db8::1");
    private static final IpAddress V6_PEER = IpAddress.parse("2001:db8::2");
    private static final IpAddress V4 = IpAddress.parse("192.0.2.1");
    private static final IpAddress V4_PEER = IpAddress.parse("192.0.2.2");
    private static final Duration SHOULD_WE_BE_KILLED = Duration.ofSeconds(5);

    private record Candidate(EspSuite suite, int keyOctets, int macKeyOctets) {
        static Candidate aead(EncryptionId cipher, int keyBits, int keyOctets) {
            return new Candidate(new EspSuite(cipher, keyBits, Optional.empty(), EsnId.NO_ESN), keyOctets, 0);
        }

        static Candidate cbc(int keyBits, IntegrityId mac, int macKeyOctets) {
            return new Candidate(
                    new EspSuite(EncryptionId.AES_CBC, keyBits, Optional.of(mac), EsnId.NO_ESN),
                    keyBits / 8,
                    macKeyOctets);
        }
    }

    private static final List<Candidate> CANDIDATES = List.of(
            Candidate.cbc(128, IntegrityId.HMAC_SHA2_256_128, 32),
            Candidate.cbc(256, IntegrityId.HMAC_SHA2_384_192, 48),
            Candidate.cbc(256, IntegrityId.HMAC_SHA2_512_256, 64),
            Candidate.cbc(128, IntegrityId.HMAC_SHA1_96, 20),
            Candidate.aead(EncryptionId.AES_GCM_16, 128, 20),
            Candidate.aead(EncryptionId.AES_GCM_16, 256, 36),
            Candidate.aead(EncryptionId.CHACHA20_POLY1305, 0, 36));

    private final XfrmKernel kernel;
    private final XfrmSettings settings;
    private final RandomSource random;

    XfrmCheck(XfrmKernel kernel, XfrmSettings settings, RandomSource random) {
        this.kernel = kernel;
        this.settings = settings;
        this.random = random;
    }

    /**
     * In the network namespace of the calling thread, a platform thread.
     *
     * @param random for SPIs and keys that protect nothing
     * @return at least one finding
     */
    public static List<Finding> check(XfrmSettings settings, RandomSource random) {
        try (NetlinkKernel kernel = NetlinkKernel.open()) {
            kernel.probe();
            return new XfrmCheck(kernel, settings, random).findings();
        } catch (KernelRefusedException e) {
            return List.of(new Finding(Verdict.UNUSABLE, KernelSentences.general("open an XFRM socket", e)));
        }
    }

    /** Whether some SA can be installed. */
    public static boolean usable(List<Finding> findings) {
        return findings.stream().noneMatch(f -> f.verdict() == Verdict.UNUSABLE);
    }

    List<Finding> findings() {
        Optional<KernelRefusedException> v6 = attempt(CANDIDATES.getFirst(), V6, V6_PEER);
        Optional<KernelRefusedException> v4 = attempt(CANDIDATES.getFirst(), V4, V4_PEER);
        boolean noneAtAll = lacksEsp(v6) && lacksEsp(v4);
        List<Finding> findings = new ArrayList<>();
        Verdict withoutEsp = noneAtAll ? Verdict.UNUSABLE : Verdict.LIMITED;
        findings.add(family(V6, v6, withoutEsp));
        findings.add(family(V4, v4, withoutEsp));
        if (!noneAtAll) {
            boolean onV6 = !lacksEsp(v6);
            CANDIDATES.forEach(candidate ->
                    findings.add(algorithm(candidate, attempt(candidate, onV6 ? V6 : V4, onV6 ? V6_PEER : V4_PEER))));
        }
        return findings;
    }

    private static Finding family(IpAddress family, Optional<KernelRefusedException> answer, Verdict withoutEsp) {
        if (lacksEsp(answer)) {
            return new Finding(withoutEsp, KernelSentences.noEsp(family));
        }
        return new Finding(Verdict.GOOD, "The kernel has ESP for " + (family.isV6() ? "IPv6" : "IPv4"));
    }

    private static boolean lacksEsp(Optional<KernelRefusedException> answer) {
        return answer.filter(e -> e.errno() == Errno.EPROTONOSUPPORT).isPresent();
    }

    private static Finding algorithm(Candidate candidate, Optional<KernelRefusedException> answer) {
        return answer.map(e -> new Finding(
                        Verdict.LIMITED,
                        "The kernel's ESP refuses " + candidate.suite() + " (" + e.getMessage()
                                + "): load its crypto module"))
                .orElseGet(() -> new Finding(Verdict.GOOD, "The kernel's ESP has " + candidate.suite()));
    }

    /** What the kernel had against it; empty if nothing. */
    private Optional<KernelRefusedException> attempt(Candidate candidate, IpAddress source, IpAddress destination) {
        SaSpec sa = new SaSpec(
                // Below 256 SPIs are reserved (RFC 4303 section 2.1).
                new SaId(destination, (int) random.bits64() | 0x8000_0000),
                source,
                settings.reqids().lastOne(),
                SaMode.TUNNEL,
                Optional.empty(),
                KernelAlgorithm.of(candidate.suite()).orElseThrow(),
                new EspKeys(0, secret(candidate.keyOctets()), secret(candidate.macKeyOctets())),
                Optional.empty(),
                SaSpec.SequenceNumbers.BITS_32,
                settings.replayWindow(),
                SHOULD_WE_BE_KILLED);
        try {
            kernel.addSa(sa);
            kernel.removeSa(sa.id());
            return Optional.empty();
        } catch (KernelRefusedException e) {
            return Optional.of(e);
        }
    }

    private Secret secret(int octets) {
        return Secret.copyOf(random.octets(octets));
    }
}
