package org.homeport.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.homeport.crypto.SignatureScheme.Ecdsa;
import org.homeport.crypto.SignatureScheme.Ed25519;
import org.homeport.crypto.SignatureScheme.RsaPkcs1;
import org.homeport.crypto.SignatureScheme.RsaPss;
import org.homeport.kit.Octets;

/** The public key of a certificate. */
sealed interface VerificationKey {
    /** RFC 8247 section 4.1.1 leaves nothing below. */
    int MIN_RSA_BITS = 2048;

    /** A forger must not buy our time with giant keys. */
    int MAX_RSA_BITS = 8192;

    /**
     * Whether the signature is this key's over the data; never if the scheme is for another kind of key.
     *
     * @param signature ECDSA: as ECDSA-Sig-Value
     */
    boolean verify(SignatureScheme scheme, Octets data, Octets signature);

    /**
     * The key in the form we verify with.
     *
     * @return empty if its kind, curve or size is none we believe
     */
    static Optional<VerificationKey> of(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS ? Optional.of(new Rsa(rsa)) : Optional.empty();
        }
        try {
            AsymmetricKeyParameter parameters = PublicKeyFactory.createKey(key.getEncoded());
            if (parameters instanceof ECPublicKeyParameters ec) {
                return NistCurve.of(ec).map(curve -> new Ec(curve, ec));
            }
            return parameters instanceof Ed25519PublicKeyParameters ed
                    ? Optional.of(new Edwards(ed))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            // BouncyCastle tells a point off its curve by IllegalArgumentException.
            return Optional.empty();
        }
    }

    record Rsa(RSAPublicKey key) implements VerificationKey {
        @Override
        public boolean verify(SignatureScheme scheme, Octets data, Octets signature) {
            try {
                Optional<Signature> verifier = RsaSignatures.of(scheme);
                if (verifier.isEmpty()) {
                    return false;
                }
                verifier.get().initVerify(key);
                verifier.get().update(data.toByteArray());
                return verifier.get().verify(signature.toByteArray());
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }

    record Ec(NistCurve curve, ECPublicKeyParameters key) implements VerificationKey {
        @Override
        public boolean verify(SignatureScheme scheme, Octets data, Octets signature) {
            return switch (scheme) {
                case Ecdsa(HashFunction hash) -> verify(hash.digest(data), signature);
                case RsaPkcs1 _, RsaPss _, Ed25519 _ -> false;
            };
        }

        private boolean verify(byte[] digest, Octets signature) {
            try {
                BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(curve.order(), signature.toByteArray());
                ECDSASigner verifier = new ECDSASigner();
                verifier.init(false, key);
                return verifier.verifySignature(digest, rs[0], rs[1]);
            } catch (IOException | RuntimeException e) {
                // Numbers out of range and broken DER come as unchecked exceptions.
                return false;
            }
        }
    }

    record Edwards(Ed25519PublicKeyParameters key) implements VerificationKey {
        @Override
        public boolean verify(SignatureScheme scheme, Octets data, Octets signature) {
            return switch (scheme) {
                case Ed25519() -> {
                    Ed25519Signer verifier = new Ed25519Signer();
                    verifier.init(false, key);
                    verifier.update(data.toByteArray(), 0, data.length());
                    yield verifier.verifySignature(signature.toByteArray());
                }
                case RsaPkcs1 _, RsaPss _, Ecdsa _ -> false;
            };
        }
    }
}
