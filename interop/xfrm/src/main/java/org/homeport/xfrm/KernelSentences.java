package org.homeport.xfrm;

import org.homeport.kit.IpAddress;
import org.homeport.xfrm.netlink.Errno;
import org.homeport.xfrm.netlink.KernelRefusedException;

/** What the kernel's refusals mean, for operators. */
final class KernelSentences {
    private KernelSentences() {}

    /** An SA was not taken. */
    static String newSa(SaSpec sa, KernelRefusedException refusal) {
        return switch (refusal.errno()) {
            case Errno.EPROTONOSUPPORT -> noEsp(sa.source());
            case Errno.ENOSYS, Errno.ENOENT ->
                "The kernel lacks an algorithm of " + algorithm(sa.algorithm()) + " (" + refusal.getMessage()
                        + "): load its crypto module";
            case Errno.EEXIST -> "There is already an " + sa.id() + " (EEXIST): another IKE daemon's, or left behind";
            default -> general("install the " + sa.id(), refusal);
        };
    }

    static String noEsp(IpAddress ofTheFamilyOf) {
        return ofTheFamilyOf.isV6()
                ? "The kernel has no ESP for IPv6 (EPROTONOSUPPORT): load esp6 or enable CONFIG_INET6_ESP"
                : "The kernel has no ESP for IPv4 (EPROTONOSUPPORT): load esp4 or enable CONFIG_INET_ESP";
    }

    /** A policy was not taken. */
    static String policy(PolicySpec policy, KernelRefusedException refusal) {
        return refusal.errno() == Errno.EEXIST
                ? "There is already a " + policy.key() + " (EEXIST): another IKE daemon's, or set by hand"
                : general("install the " + policy.key(), refusal);
    }

    /**
     * Anything else.
     *
     * @param deed as "open an XFRM socket"
     */
    static String general(String deed, KernelRefusedException refusal) {
        String answer = refusal.getMessage();
        return switch (refusal.errno()) {
            case Errno.EPERM, Errno.EACCES -> "No permission to " + deed + " (" + answer + "): needs CAP_NET_ADMIN";
            case Errno.EPROTONOSUPPORT, Errno.EAFNOSUPPORT ->
                "The kernel cannot " + deed + " (" + answer + "): load xfrm_user or enable CONFIG_XFRM_USER";
            case Errno.ENOPROTOOPT, Errno.EOPNOTSUPP -> "The kernel is not built to " + deed + " (" + answer + ")";
            case Errno.EINVAL ->
                "The kernel refused to " + deed + " as malformed ("
                        + (refusal.extendedAck().isEmpty() ? answer + ", it does not say what" : answer) + ")";
            case Errno.ENOMEM, Errno.ENOBUFS -> "The kernel has no memory to " + deed + " (" + answer + ")";
            case Errno.ETIMEDOUT -> "The kernel did not answer when asked to " + deed + " (" + answer + ")";
            default -> "The kernel refused to " + deed + " (" + answer + ")";
        };
    }

    private static String algorithm(KernelAlgorithm algorithm) {
        return switch (algorithm) {
            case KernelAlgorithm.Aead aead -> aead.name();
            case KernelAlgorithm.Pair pair -> pair.cipher() + " with " + pair.mac();
        };
    }
}
