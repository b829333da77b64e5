package org.homeport.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Null;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.homeport.crypto.SignatureScheme.Ecdsa;
import org.homeport.crypto.SignatureScheme.Ed25519;
import org.homeport.crypto.SignatureScheme.RsaPkcs1;
import org.homeport.crypto.SignatureScheme.RsaPss;
import org.homeport.kit.Octets;

/** The AlgorithmIdentifier in front of a method 14 signature (RFC 7427 section 3 and appendix A, RFC 8420). */
final class AlgorithmIdentifiers {
    /** More than any modulus leaves room for; keeps the number an int. */
    private static final int MAX_SALT = 1024;

    private AlgorithmIdentifiers() {}

    /** In DER: RSA with NULL parameters, ECDSA and Ed25519 without any. */
    static AlgorithmIdentifier of(SignatureScheme scheme) {
        return switch (scheme) {
            case RsaPkcs1(HashFunction hash) -> new AlgorithmIdentifier(hash.withRsa(), DERNull.INSTANCE);
            case RsaPss(HashFunction hash, int salt) -> {
                AlgorithmIdentifier hashId = new AlgorithmIdentifier(hash.oid(), DERNull.INSTANCE);
                yield new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.id_RSASSA_PSS,
                        new RSASSAPSSparams(
                                hashId,
                                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hashId),
                                new ASN1Integer(salt),
                                RSASSAPSSparams.DEFAULT_TRAILER_FIELD));
            }
            case Ecdsa(HashFunction hash) -> new AlgorithmIdentifier(hash.withEcdsa());
            case Ed25519() -> new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
        };
    }

    static Octets encode(SignatureScheme scheme) {
        try {
            return Octets.wrap(of(scheme).getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** NULL and absent parameters are the same. @return empty for what is malformed or not ours */
    static Optional<SignatureScheme> decode(Octets der) {
        try {
            return decode(AlgorithmIdentifier.getInstance(ASN1Primitive.fromByteArray(der.toByteArray())));
        } catch (IOException | RuntimeException e) {
            // BouncyCastle's getInstance tells a wrong structure by unchecked exceptions of several kinds.
            return Optional.empty();
        }
    }

    private static Optional<SignatureScheme> decode(AlgorithmIdentifier id) {
        ASN1ObjectIdentifier oid = id.getAlgorithm();
        if (oid.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return decodePss(RSASSAPSSparams.getInstance(id.getParameters()));
        }
        if (!isNullOrAbsent(id)) {
            return Optional.empty();
        }
        if (oid.equals(EdECObjectIdentifiers.id_Ed25519)) {
            return Optional.of(new Ed25519());
        }
        Optional<SignatureScheme> rsa = HashFunction.ofRsaOid(oid).map(RsaPkcs1::new);
        return rsa.or(() -> HashFunction.ofEcdsaOid(oid).map(Ecdsa::new));
    }

    private static Optional<SignatureScheme> decodePss(RSASSAPSSparams parameters) {
        AlgorithmIdentifier mask = parameters.getMaskGenAlgorithm();
        BigInteger salt = parameters.getSaltLength();
        if (!mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
                || !parameters.getTrailerField().equals(BigInteger.ONE)
                || salt.signum() < 0
                || salt.compareTo(BigInteger.valueOf(MAX_SALT)) > 0) {
            return Optional.empty();
        }
        Optional<HashFunction> hash = hash(parameters.getHashAlgorithm());
        Optional<HashFunction> maskHash = hash(AlgorithmIdentifier.getInstance(mask.getParameters()));
        return hash.filter(h -> maskHash.equals(Optional.of(h))).map(h -> new RsaPss(h, salt.intValueExact()));
    }

    private static Optional<HashFunction> hash(AlgorithmIdentifier id) {
        return isNullOrAbsent(id) ? HashFunction.ofOid(id.getAlgorithm()) : Optional.empty();
    }

    private static boolean isNullOrAbsent(AlgorithmIdentifier id) {
        ASN1Encodable parameters = id.getParameters();
        return parameters == null || parameters instanceof ASN1Null;
    }
}
