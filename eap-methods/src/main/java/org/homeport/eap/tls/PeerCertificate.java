package org.homeport.eap.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;

/**
 * A certificate of the other side that has passed every check, as the names in it (RFC 5216 section 5.2).
 *
 * @param subject its X.500 name, for messages
 * @param emailNames rfc822Names and Microsoft's user principal names, in the certificate's order: what a user is
 *     named by
 * @param hostNames dNSNames, in the certificate's order
 * @param commonName the subject's; only if there is no subjectAltName, which otherwise is all that counts
 */
public record PeerCertificate(
        String subject, List<String> emailNames, List<String> hostNames, Optional<String> commonName) {
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";
    private static final ASN1ObjectIdentifier UPN = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3");

    public PeerCertificate {
        emailNames = List.copyOf(emailNames);
        hostNames = List.copyOf(hostNames);
    }

    static PeerCertificate of(X509Certificate certificate) throws CertificateRefusedException {
        byte[] extension = certificate.getExtensionValue(SUBJECT_ALT_NAME);
        List<String> emails = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        try {
            X500Name subject =
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
            if (extension == null) {
                return new PeerCertificate(subject.toString(), emails, hosts, commonName(subject));
            }
            byte[] content = ASN1OctetString.getInstance(extension).getOctets();
            for (GeneralName name : GeneralNames.getInstance(content).getNames()) {
                if (name.getTagNo() == GeneralName.rfc822Name) {
                    emails.add(ASN1IA5String.getInstance(name.getName()).getString());
                } else if (name.getTagNo() == GeneralName.dNSName) {
                    hosts.add(ASN1IA5String.getInstance(name.getName()).getString());
                } else if (name.getTagNo() == GeneralName.otherName) {
                    principalName(OtherName.getInstance(name.getName())).ifPresent(emails::add);
                }
            }
            return new PeerCertificate(subject.toString(), emails, hosts, Optional.empty());
        } catch (RuntimeException e) {
            throw CertificateRefusedException.broken(
                    X509Octets.name(certificate) + ": broken subject or subjectAltName");
        }
    }

    private static Optional<String> commonName(X500Name subject) {
        // Most specific last; an RDN may hold other attributes beside it.
        return Stream.of(subject.getRDNs(BCStyle.CN))
                .flatMap(names -> Stream.of(names.getTypesAndValues()))
                .filter(attribute -> attribute.getType().equals(BCStyle.CN))
                .map(AttributeTypeAndValue::getValue)
                .filter(ASN1String.class::isInstance)
                .map(value -> ((ASN1String) value).getString())
                .reduce((general, specific) -> specific);
    }

    private static Optional<String> principalName(OtherName name) {
        return name.getTypeID().equals(UPN)
                ? Optional.of(ASN1UTF8String.getInstance(name.getValue()).getString())
                : Optional.empty();
    }

    /** All that the bearer may be called, most telling first. */
    public List<String> names() {
        return Stream.of(emailNames.stream(), hostNames.stream(), commonName.stream())
                .flatMap(names -> names)
                .toList();
    }

    /**
     * The name of a server that is wanted and that this certificate bears. A certificate's {@code *.} stands for one
     * label (RFC 6125 section 6.4.3).
     */
    public Optional<String> hostNameAmong(Set<String> wanted) {
        return wanted.stream()
                .sorted()
                .filter(name -> hostNames.stream().anyMatch(certified -> matches(certified, name)))
                .findFirst();
    }

    private static boolean matches(String certified, String wanted) {
        String pattern = certified.toLowerCase(Locale.ROOT);
        String name = wanted.toLowerCase(Locale.ROOT);
        if (!pattern.startsWith("*.")) {
            return pattern.equals(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && pattern.indexOf('.', 2) > 0 && pattern.substring(1).equals(name.substring(dot));
    }
}
