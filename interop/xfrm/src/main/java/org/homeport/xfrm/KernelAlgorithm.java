package org.homeport.xfrm;

import java.util.Optional;
import org.homeport.core.child.EspSuite;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.IntegrityId;

/** The kernel's names of ESP's algorithms (net/xfrm/xfrm_algo.c). */
sealed interface KernelAlgorithm {
    /**
     * A combined-mode cipher.
     *
     * @param icvBits of the tag on the wire
     */
    record Aead(String name, int icvBits) implements KernelAlgorithm {}

    /**
     * A cipher beside a MAC.
     *
     * @param icvBits of the truncated MAC on the wire: the kernel's default for SHA-256 is a draft's 96
     */
    record Pair(String cipher, String mac, int icvBits) implements KernelAlgorithm {}

    /** Empty where the kernel has no such thing, or we do not want it (encryption without integrity). */
    static Optional<KernelAlgorithm> of(EspSuite suite) {
        return suite.encryption().isAead()
                ? aead(suite.encryption())
                : suite.integrity().flatMap(mac -> pair(suite.encryption(), mac));
    }

    private static Optional<KernelAlgorithm> aead(EncryptionId cipher) {
        return switch (cipher.value()) {
            case 18 -> Optional.of(new Aead("rfc4106(gcm(aes))", 64));
            case 19 -> Optional.of(new Aead("rfc4106(gcm(aes))", 96));
            case 20 -> Optional.of(new Aead("rfc4106(gcm(aes))", 128));
            case 28 -> Optional.of(new Aead("rfc7539esp(chacha20,poly1305)", 128));
            default -> Optional.empty();
        };
    }

    private static Optional<KernelAlgorithm> pair(EncryptionId cipher, IntegrityId mac) {
        String cipherName = switch (cipher.value()) {
            case 11 -> "ecb(cipher_null)";
            case 12 -> "cbc(aes)";
            case 13 -> "rfc3686(ctr(aes))";
            default -> "";
        };
        if (cipherName.isEmpty()) {
            return Optional.empty();
        }
        return switch (mac.value()) {
            case 2 -> Optional.of(new Pair(cipherName, "hmac(sha1)", 96));
            case 5 -> Optional.of(new Pair(cipherName, "xcbc(aes)", 96));
            case 8 -> Optional.of(new Pair(cipherName, "cmac(aes)", 96));
            case 12 -> Optional.of(new Pair(cipherName, "hmac(sha256)", 128));
            case 13 -> Optional.of(new Pair(cipherName, "hmac(sha384)", 192));
            case 14 -> Optional.of(new Pair(cipherName, "hmac(sha512)", 256));
            default -> Optional.empty();
        };
    }
}
