package org.homeport.crypto;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.crypto.CertificateRejectedException;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.IdType;
import org.homeport.kit.Octets;

/** What RFC 4945 asks of the certificate of an IKE peer itself. */
record EndEntity(X509Certificate certificate) {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";

    /** ipsecIKE (RFC 4945 section 5.1.3.12); the others are what certificates in use carry instead. */
    private static final Set<String> PURPOSES = Set.of(
            "1.3.6.1.5.5.7.3.17", // id-kp-ipsecIKE
            "1.3.6.1.5.5.8.2.2", // iKEIntermediate
            "1.3.6.1.5.5.7.3.1", // id-kp-serverAuth
            "1.3.6.1.5.5.7.3.2", // id-kp-clientAuth
            "2.5.29.37.0"); // anyExtendedKeyUsage

    /** RFC 4945 sections 5.1.3.2 and 5.1.3.12. */
    void checkUsage() throws CertificateRejectedException {
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE] && !usage[NON_REPUDIATION]) {
            throw new CertificateRejectedException(
                    name() + ": keyUsage has neither digitalSignature nor nonRepudiation");
        }
        List<String> purposes;
        try {
            purposes = certificate.getExtendedKeyUsage();
        } catch (CertificateParsingException e) {
            throw new CertificateRejectedException(name() + ": broken extendedKeyUsage");
        }
        if (purposes != null && purposes.stream().noneMatch(PURPOSES::contains)) {
            throw new CertificateRejectedException(
                    name() + ": extendedKeyUsage " + purposes + " is not for IKE, servers, clients or anything");
        }
    }

    /** The binding of RFC 4945 section 3.1: whole names, wildcards never, addresses and DNs bit by bit. */
    void checkIdentity(Payload.Identification identity) throws CertificateRejectedException {
        IdType type = identity.idType();
        Octets data = identity.data();
        boolean bound;
        if (type.equals(IdType.FQDN)) {
            bound = hasName(GeneralName.dNSName, data);
        } else if (type.equals(IdType.RFC822_ADDR)) {
            bound = hasName(GeneralName.rfc822Name, data);
        } else if (type.equals(IdType.IPV4_ADDR) || type.equals(IdType.IPV6_ADDR)) {
            bound = data.length() == (type.equals(IdType.IPV4_ADDR) ? 4 : 16) && hasAddress(data);
        } else if (type.equals(IdType.DER_ASN1_DN)) {
            Octets subject = Octets.wrap(certificate.getSubjectX500Principal().getEncoded());
            bound = !certificate.getSubjectX500Principal().getName().isEmpty() && subject.equals(data);
        } else {
            throw new CertificateRejectedException("an identity of type " + type + " cannot be proved by certificate");
        }
        if (!bound) {
            throw new CertificateRejectedException(
                    name() + " is not for " + type + " \"" + PeerIdentity.of(identity) + "\": " + names());
        }
    }

    private boolean hasName(int kind, Octets wanted) throws CertificateRejectedException {
        for (GeneralName name : alternativeNames()) {
            if (name.getTagNo() == kind
                    && isSameText(
                            Octets.wrap(
                                    ASN1IA5String.getInstance(name.getName()).getOctets()),
                            wanted)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasAddress(Octets wanted) throws CertificateRejectedException {
        for (GeneralName name : alternativeNames()) {
            if (name.getTagNo() == GeneralName.iPAddress
                    && Octets.wrap(ASN1OctetString.getInstance(name.getName()).getOctets())
                            .equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Printable ASCII without regard to case; what holds a wildcard or anything else is the same as nothing. */
    private static boolean isSameText(Octets certified, Octets claimed) {
        if (certified.isEmpty() || certified.length() != claimed.length()) {
            return false;
        }
        for (int i = 0; i < certified.length(); i++) {
            int octet = certified.at(i);
            if (octet <= ' ' || octet > '~' || octet == '*' || lower(octet) != lower(claimed.at(i))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
    }

    private GeneralName[] alternativeNames() throws CertificateRejectedException {
        byte[] extension = certificate.getExtensionValue(SUBJECT_ALT_NAME);
        if (extension == null) {
            return new GeneralName[0];
        }
        try {
            return GeneralNames.getInstance(
                            ASN1OctetString.getInstance(extension).getOctets())
                    .getNames();
        } catch (RuntimeException e) {
            throw new CertificateRejectedException(name() + ": broken subjectAltName");
        }
    }

    private String names() throws CertificateRejectedException {
        GeneralName[] names = alternativeNames();
        return names.length == 0
                ? "it has no subjectAltName"
                : "its subjectAltName has " + names.length + " other name" + (names.length == 1 ? "" : "s");
    }

    private String name() {
        return PathChecker.name(certificate);
    }
}
