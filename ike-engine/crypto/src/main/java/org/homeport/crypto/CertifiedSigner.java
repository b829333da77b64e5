package org.homeport.crypto;

import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.homeport.core.crypto.Signer;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.HashAlgorithmId;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;

/**
 * A private key and the certificates that go with it. With method 14 RSA signs by {@link SignaturePreference}, ECDSA
 * with its curve's hash if the peer has it; immutable, for any thread.
 */
public final class CertifiedSigner implements Signer {
    private static final Octets PROBE = Octets.utf8("Does the key belong to the certificate?");

    private final SigningKey key;
    private final List<Octets> certificates;
    private final SignaturePreference preference;

    private CertifiedSigner(SigningKey key, List<Octets> certificates, SignaturePreference preference) {
        this.key = key;
        this.certificates = List.copyOf(certificates);
        this.preference = preference;
    }

    /**
     * Reads key and certificates, and checks that they belong together.
     *
     * @param keyFile PEM, PKCS #8 or traditional, not encrypted
     * @param certificateFile PEM, ours first, intermediates behind it
     * @throws KeyMaterialException naming the file, if one cannot be used or they do not belong together
     */
    public static CertifiedSigner load(Path keyFile, Path certificateFile, SignaturePreference preference)
            throws KeyMaterialException {
        List<Octets> certificates = PemFiles.certificates(certificateFile);
        PrivateKeyInfo info = PemFiles.privateKey(keyFile);
        try {
            return of(SigningKey.of(info), certificates, preference);
        } catch (KeyMaterialException e) {
            throw new KeyMaterialException(keyFile + " (with " + certificateFile + "): " + e.getMessage());
        }
    }

    static CertifiedSigner of(SigningKey key, List<Octets> certificates, SignaturePreference preference)
            throws KeyMaterialException {
        VerificationKey certified = certifiedKey(certificates.getFirst());
        // None of the preferred schemes draws randomness.
        Octets probe = key.sign(key.preferred(), PROBE, bytes -> {});
        if (!certified.verify(key.preferred(), PROBE, probe)) {
            throw new KeyMaterialException("the first certificate is not for this private key");
        }
        return new CertifiedSigner(key, certificates, preference);
    }

    private static VerificationKey certifiedKey(Octets certificate) throws KeyMaterialException {
        try {
            return VerificationKey.of(Certificates.parse(certificate).getPublicKey())
                    .orElseThrow(
                            () -> new KeyMaterialException("the certificate's key is none peers would believe: use "
                                    + "RSA of 2048 bits or more, ECDSA on P-256, P-384 or P-521, or Ed25519"));
        } catch (CertificateException e) {
            throw new KeyMaterialException("the certificate is broken: " + e.getMessage());
        }
    }

    @Override
    public List<Octets> certificates() {
        return certificates;
    }

    @Override
    public Optional<Payload.Authentication> sign(
            Octets signedOctets, Optional<Set<HashAlgorithmId>> peerHashes, RandomSource random) {
        return peerHashes.isPresent()
                ? key.scheme(peerHashes.get(), preference).map(scheme -> digital(scheme, signedOctets, random))
                : key.signOldWay(signedOctets, preference.sha1(), random);
    }

    /** RFC 7427 section 3: length of the identifier, identifier, signature. */
    private Payload.Authentication digital(SignatureScheme scheme, Octets data, RandomSource random) {
        Octets identifier = AlgorithmIdentifiers.encode(scheme);
        return new Payload.Authentication(
                AuthMethod.DIGITAL_SIGNATURE,
                Octets.concat(Octets.of(identifier.length()), identifier, key.sign(scheme, data, random)));
    }
}
