package org.homeport.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.homeport.core.registry.HashAlgorithmId;
import org.homeport.kit.Octets;

/** A hash inside signatures, with all its names (RFC 7427 section 7 and appendix A). */
@SuppressWarnings("ImmutableEnumChecker") // its fields are immutable, which their libraries do not declare
enum HashFunction {
    SHA1(
            HashAlgorithmId.SHA1,
            "SHA-1",
            20,
            OIWObjectIdentifiers.idSHA1,
            PKCSObjectIdentifiers.sha1WithRSAEncryption,
            X9ObjectIdentifiers.ecdsa_with_SHA1),
    SHA2_256(
            HashAlgorithmId.SHA2_256,
            "SHA-256",
            32,
            NISTObjectIdentifiers.id_sha256,
            PKCSObjectIdentifiers.sha256WithRSAEncryption,
            X9ObjectIdentifiers.ecdsa_with_SHA256),
    SHA2_384(
            HashAlgorithmId.SHA2_384,
            "SHA-384",
            48,
            NISTObjectIdentifiers.id_sha384,
            PKCSObjectIdentifiers.sha384WithRSAEncryption,
            X9ObjectIdentifiers.ecdsa_with_SHA384),
    SHA2_512(
            HashAlgorithmId.SHA2_512,
            "SHA-512",
            64,
            NISTObjectIdentifiers.id_sha512,
            PKCSObjectIdentifiers.sha512WithRSAEncryption,
            X9ObjectIdentifiers.ecdsa_with_SHA512);

    private final HashAlgorithmId id;
    private final String jdkName;
    private final int length;
    private final ASN1ObjectIdentifier oid;
    private final ASN1ObjectIdentifier withRsa;
    private final ASN1ObjectIdentifier withEcdsa;

    HashFunction(
            HashAlgorithmId id,
            String jdkName,
            int length,
            ASN1ObjectIdentifier oid,
            ASN1ObjectIdentifier withRsa,
            ASN1ObjectIdentifier withEcdsa) {
        this.id = id;
        this.jdkName = jdkName;
        this.length = length;
        this.oid = oid;
        this.withRsa = withRsa;
        this.withEcdsa = withEcdsa;
    }

    static Optional<HashFunction> ofOid(ASN1ObjectIdentifier oid) {
        return Arrays.stream(values()).filter(h -> h.oid.equals(oid)).findFirst();
    }

    static Optional<HashFunction> ofRsaOid(ASN1ObjectIdentifier oid) {
        return Arrays.stream(values()).filter(h -> h.withRsa.equals(oid)).findFirst();
    }

    static Optional<HashFunction> ofEcdsaOid(ASN1ObjectIdentifier oid) {
        return Arrays.stream(values()).filter(h -> h.withEcdsa.equals(oid)).findFirst();
    }

    HashAlgorithmId id() {
        return id;
    }

    String jdkName() {
        return jdkName;
    }

    /** "SHA256withRSA" and its like. */
    String jdkNameWithRsa() {
        return jdkName.replace("-", "") + "withRSA";
    }

    /** Octets of output. */
    int length() {
        return length;
    }

    ASN1ObjectIdentifier oid() {
        return oid;
    }

    ASN1ObjectIdentifier withRsa() {
        return withRsa;
    }

    ASN1ObjectIdentifier withEcdsa() {
        return withEcdsa;
    }

    byte[] digest(Octets data) {
        return JdkProviders.digest(jdkName).digest(data.toByteArray());
    }
}
