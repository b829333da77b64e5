package org.homeport.crypto;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.homeport.kit.IpAddress;

/**
 * Whom a certificate is for.
 *
 * @param commonName for people; the rest is what identities are compared with
 */
public record CertificateSubject(
        String commonName, List<String> dnsNames, List<IpAddress> addresses, List<String> emails) {
    public CertificateSubject {
        dnsNames = List.copyOf(dnsNames);
        addresses = List.copyOf(addresses);
        emails = List.copyOf(emails);
    }

    /** A host by its name, which is its common name as well. */
    public static CertificateSubject host(String dnsName, IpAddress... addresses) {
        return new CertificateSubject(dnsName, List.of(dnsName), List.of(addresses), List.of());
    }

    /** A user or mobile node by its NAI. */
    public static CertificateSubject user(String email) {
        return new CertificateSubject(email, List.of(), List.of(), List.of(email));
    }

    List<GeneralName> alternativeNames() {
        List<GeneralName> names = new ArrayList<>();
        dnsNames.forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
        addresses.forEach(address -> names.add(new GeneralName(
                GeneralName.iPAddress, new DEROctetString(address.octets().toByteArray()))));
        emails.forEach(email -> names.add(new GeneralName(GeneralName.rfc822Name, email)));
        return List.copyOf(names);
    }
}
