package org.homeport.crypto;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.homeport.crypto.SignatureScheme.Ecdsa;
import org.homeport.crypto.SignatureScheme.Ed25519;
import org.homeport.crypto.SignatureScheme.RsaPkcs1;
import org.homeport.crypto.SignatureScheme.RsaPss;

/** The JDK's RSA engines, set up for a scheme. */
final class RsaSignatures {
    private static final int TRAILER_BC = 1;

    private RsaSignatures() {}

    /**
     * An engine for the scheme, wanting only its key.
     *
     * @return empty if the scheme is not one of RSA's
     */
    static Optional<Signature> of(SignatureScheme scheme) throws GeneralSecurityException {
        return switch (scheme) {
            case RsaPkcs1(HashFunction hash) -> Optional.of(JdkProviders.rsaSignature(hash.jdkNameWithRsa()));
            case RsaPss(HashFunction hash, int salt) -> {
                Signature signature = JdkProviders.rsaSignature("RSASSA-PSS");
                signature.setParameter(new PSSParameterSpec(
                        hash.jdkName(), "MGF1", new MGF1ParameterSpec(hash.jdkName()), salt, TRAILER_BC));
                yield Optional.of(signature);
            }
            case Ecdsa _, Ed25519 _ -> Optional.empty();
        };
    }
}
