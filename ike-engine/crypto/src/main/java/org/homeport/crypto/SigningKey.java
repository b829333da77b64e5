package org.homeport.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.HashAlgorithmId;
import org.homeport.crypto.SignatureScheme.Ecdsa;
import org.homeport.crypto.SignatureScheme.Ed25519;
import org.homeport.crypto.SignatureScheme.RsaPkcs1;
import org.homeport.crypto.SignatureScheme.RsaPss;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;

/** A private key of ours. */
sealed interface SigningKey {
    /** The hashes of SHA-2, weakest first: what is enough for most keys. */
    List<HashFunction> SHA2 = List.of(HashFunction.SHA2_256, HashFunction.SHA2_384, HashFunction.SHA2_512);

    /** What we would use if the peer knew every hash. */
    SignatureScheme preferred();

    /**
     * What to sign by with method 14.
     *
     * @return empty if no hash of the peer's fits the key
     */
    Optional<SignatureScheme> scheme(Set<HashAlgorithmId> peerHashes, SignaturePreference preference);

    /** AUTH by the method of before RFC 7427; empty where the key has none. */
    Optional<Payload.Authentication> signOldWay(Octets data, Sha1Policy sha1, RandomSource random);

    /**
     * Signs; ECDSA as ECDSA-Sig-Value.
     *
     * @param scheme one of this key's
     */
    Octets sign(SignatureScheme scheme, Octets data, RandomSource random);

    /**
     * The key in the form we sign with.
     *
     * @throws KeyMaterialException if it is broken or of a kind we do not sign with
     */
    static SigningKey of(PrivateKeyInfo info) throws KeyMaterialException {
        try {
            if (info.getPrivateKeyAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
                return new Rsa(
                        JdkProviders.rsaKeyFactory().generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded())));
            }
            AsymmetricKeyParameter parameters = PrivateKeyFactory.createKey(info);
            Optional<SigningKey> key = Optional.empty();
            if (parameters instanceof ECPrivateKeyParameters ec) {
                key = NistCurve.of(ec).map(curve -> new Ec(curve, ec));
            } else if (parameters instanceof Ed25519PrivateKeyParameters ed) {
                key = Optional.of(new Edwards(ed));
            }
            return key.orElseThrow(() -> new KeyMaterialException("key of a kind IKE does not sign with here: use RSA, "
                    + "ECDSA on P-256, P-384 or P-521, or Ed25519"));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new KeyMaterialException("broken private key: " + e.getMessage());
        }
    }

    record Rsa(PrivateKey key) implements SigningKey {
        @Override
        public SignatureScheme preferred() {
            return new RsaPkcs1(HashFunction.SHA2_256);
        }

        @Override
        public Optional<SignatureScheme> scheme(Set<HashAlgorithmId> peerHashes, SignaturePreference preference) {
            Stream<HashFunction> hashes = preference.sha1() == Sha1Policy.ACCEPT
                    ? Stream.concat(SHA2.stream(), Stream.of(HashFunction.SHA1))
                    : SHA2.stream();
            return hashes.filter(h -> peerHashes.contains(h.id())).findFirst().map(h -> switch (preference.padding()) {
                case PSS -> new RsaPss(h, h.length());
                case PKCS1_V15 -> new RsaPkcs1(h);
            });
        }

        @Override
        public Optional<Payload.Authentication> signOldWay(Octets data, Sha1Policy sha1, RandomSource random) {
            HashFunction hash = sha1 == Sha1Policy.ACCEPT ? HashFunction.SHA1 : HashFunction.SHA2_256;
            return Optional.of(
                    new Payload.Authentication(AuthMethod.RSA_PKCS1, sign(new RsaPkcs1(hash), data, random)));
        }

        @Override
        public Octets sign(SignatureScheme scheme, Octets data, RandomSource random) {
            try {
                Signature signer = RsaSignatures.of(scheme).orElseThrow(() -> wrongScheme(scheme));
                signer.initSign(key, new SourcedRandom(random));
                signer.update(data.toByteArray());
                return Octets.wrap(signer.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    record Ec(NistCurve curve, ECPrivateKeyParameters key) implements SigningKey {
        @Override
        public SignatureScheme preferred() {
            return new Ecdsa(curve.hash());
        }

        /** The curve's own hash if the peer has it: some peers know no other for the curve. */
        @Override
        public Optional<SignatureScheme> scheme(Set<HashAlgorithmId> peerHashes, SignaturePreference preference) {
            return Stream.concat(Stream.of(curve.hash()), SHA2.stream())
                    .filter(h -> peerHashes.contains(h.id()))
                    .findFirst()
                    .map(Ecdsa::new);
        }

        @Override
        public Optional<Payload.Authentication> signOldWay(Octets data, Sha1Policy sha1, RandomSource random) {
            Octets der = sign(preferred(), data, random);
            return Optional.of(new Payload.Authentication(curve.oldMethod(), curve.toPlain(der)));
        }

        /** Deterministic (RFC 6979): a poor random source cannot give the key away. */
        @Override
        public Octets sign(SignatureScheme scheme, Octets data, RandomSource random) {
            if (!(scheme instanceof Ecdsa(HashFunction hash))) {
                throw wrongScheme(scheme);
            }
            ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA512Digest()));
            signer.init(true, key);
            BigInteger[] rs = signer.generateSignature(hash.digest(data));
            try {
                return Octets.wrap(StandardDSAEncoding.INSTANCE.encode(curve.order(), rs[0], rs[1]));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    record Edwards(Ed25519PrivateKeyParameters key) implements SigningKey {
        @Override
        public SignatureScheme preferred() {
            return new Ed25519();
        }

        @Override
        public Optional<SignatureScheme> scheme(Set<HashAlgorithmId> peerHashes, SignaturePreference preference) {
            return peerHashes.contains(HashAlgorithmId.IDENTITY) ? Optional.of(preferred()) : Optional.empty();
        }

        /** Ed25519 came after RFC 7427 and has no method of its own. */
        @Override
        public Optional<Payload.Authentication> signOldWay(Octets data, Sha1Policy sha1, RandomSource random) {
            return Optional.empty();
        }

        @Override
        public Octets sign(SignatureScheme scheme, Octets data, RandomSource random) {
            if (!(scheme instanceof Ed25519)) {
                throw wrongScheme(scheme);
            }
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(true, key);
            signer.update(data.toByteArray(), 0, data.length());
            return Octets.wrap(signer.generateSignature());
        }
    }

    private static IllegalArgumentException wrongScheme(SignatureScheme scheme) {
        return new IllegalArgumentException("this key does not sign by " + scheme);
    }
}
