package org.homeport.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.homeport.core.crypto.CertificateRejectedException;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.HashAlgorithmId;
import org.homeport.crypto.SignatureScheme.Ecdsa;
import org.homeport.crypto.SignatureScheme.RsaPkcs1;
import org.homeport.kit.Octets;

/** Checks AUTH payloads that hold a signature: methods 1, 9 to 11 and 14. */
final class AuthSignatures {
    private AuthSignatures() {}

    static void check(VerificationKey key, Payload.Authentication auth, Octets signedOctets, Sha1Policy sha1)
            throws CertificateRejectedException {
        AuthMethod method = auth.method();
        if (method.equals(AuthMethod.DIGITAL_SIGNATURE)) {
            checkDigital(key, auth.data(), signedOctets, sha1);
        } else if (method.equals(AuthMethod.RSA_PKCS1)) {
            checkRsa(key, auth.data(), signedOctets, sha1);
        } else {
            NistCurve curve = NistCurve.of(method)
                    .orElseThrow(() -> new CertificateRejectedException(
                            "AUTH by " + method + " is no signature, which is what this peer has to give"));
            checkEcdsa(key, curve, auth.data(), signedOctets);
        }
    }

    /** RFC 7427 section 3. The hash must be one we announced: SHA-2, Identity, SHA-1 for legacy peers only. */
    private static void checkDigital(VerificationKey key, Octets data, Octets signedOctets, Sha1Policy sha1)
            throws CertificateRejectedException {
        int length = data.isEmpty() ? 0 : data.at(0);
        if (length == 0 || data.length() <= 1 + length) {
            throw new CertificateRejectedException("AUTH is too short for its algorithm identifier and a signature");
        }
        Octets identifier = data.slice(1, 1 + length);
        SignatureScheme scheme = AlgorithmIdentifiers.decode(identifier)
                .orElseThrow(
                        () -> new CertificateRejectedException("AUTH by an unknown signature algorithm " + identifier));
        if (scheme.hash().equals(HashAlgorithmId.SHA1)) {
            refuseSha1(sha1);
        }
        if (!key.verify(scheme, signedOctets, data.from(1 + length))) {
            throw doesNotFit(scheme.toString());
        }
    }

    /** Method 1 does not say the hash (RFC 7296 section 3.8): it is the one that fits. */
    private static void checkRsa(VerificationKey key, Octets signature, Octets signedOctets, Sha1Policy sha1)
            throws CertificateRejectedException {
        Optional<HashFunction> hash = Arrays.stream(HashFunction.values())
                .filter(h -> key.verify(new RsaPkcs1(h), signedOctets, signature))
                .findFirst();
        if (hash.isEmpty()) {
            throw doesNotFit("method 1 (RSA)");
        }
        if (hash.get() == HashFunction.SHA1) {
            refuseSha1(sha1);
        }
    }

    private static void checkEcdsa(VerificationKey key, NistCurve curve, Octets signature, Octets signedOctets)
            throws CertificateRejectedException {
        boolean fits = key instanceof VerificationKey.Ec ec
                && ec.curve() == curve
                && curve.toDer(signature)
                        .filter(der -> ec.verify(new Ecdsa(curve.hash()), signedOctets, der))
                        .isPresent();
        if (!fits) {
            throw doesNotFit(curve.oldMethod().toString());
        }
    }

    private static void refuseSha1(Sha1Policy sha1) throws CertificateRejectedException {
        if (sha1 == Sha1Policy.REFUSE) {
            throw new CertificateRejectedException(
                    "AUTH is signed over SHA-1, which is refused unless the connection allows legacy signatures");
        }
    }

    private static CertificateRejectedException doesNotFit(String scheme) {
        return new CertificateRejectedException("the AUTH signature by " + scheme
                + " does not verify with the certificate's key: the peer does not hold the private key, or the"
                + " exchange was tampered with");
    }
}
