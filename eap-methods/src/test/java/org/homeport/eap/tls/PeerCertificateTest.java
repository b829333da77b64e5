package org.homeport.eap.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerCertificateTest {
    private static PeerCertificate read(TestCa.Wish wish) throws Exception {
        return PeerCertificate.of(EapTls.CA.issue(wish).chain().getFirst());
    }

    @Test
    void namesComeInTheOrderOfTheirWorth() throws Exception {
        TestCa.Wish wish = TestCa.server("host.example.org").named(GeneralName.rfc822Name, "mn1@example.org");
        assertThat(read(wish).names()).containsExactly("mn1@example.org", "host.example.org");
    }

    @Test
    void windowsUsersHaveAPrincipalName() throws Exception {
        GeneralName principal = new GeneralName(GeneralName.otherName, new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"),
            new DERTaggedObject(true, 0, new DERUTF8String("mn1@corp.example"))
        }));
        TestCa.Wish some = TestCa.client("x@example.org");
        TestCa.Wish wish = new TestCa.Wish(
                some.subject(), List.of(principal), some.from(), some.to(), some.purpose(), some.kind());
        assertThat(read(wish).names()).containsExactly("mn1@corp.example");
    }

    @Test
    void commonNameIsNoNameBesideOthers() throws Exception {
        assertThat(read(TestCa.client("mn1@example.org")).commonName()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CN=mn1@example.org, mn1@example.org",
        "'O=Example,CN=mn1@example.org', mn1@example.org",
        "CN=Alice Example+SERIALNUMBER=4711, Alice Example",
        "CN=bob\\+mn@example.org, bob+mn@example.org",
        "'CN=General,CN=Special', Special",
    })
    void commonNameIsTheCommonNameAndNoOtherAttribute(String subject, String name) throws Exception {
        TestCa.Wish some = TestCa.client("x@example.org");
        TestCa.Wish wish = new TestCa.Wish(subject, List.of(), some.from(), some.to(), some.purpose(), some.kind());
        assertThat(read(wish).commonName()).contains(name);
    }

    @Test
    void otherNamesAreNone() throws Exception {
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.iPAddress, "192.0.2.1"));
        names.add(new GeneralName(GeneralName.uniformResourceIdentifier, "https://example.org/"));
        TestCa.Wish some = TestCa.client("x@example.org");
        TestCa.Wish wish = new TestCa.Wish(some.subject(), names, some.from(), some.to(), some.purpose(), some.kind());
        assertThat(read(wish).names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "aaa.example.org, aaa.example.org, true",
        "AAA.Example.ORG, aaa.example.org, true",
        "*.example.org, aaa.example.org, true",
        "*.example.org, example.org, false",
        "*.example.org, a.b.example.org, false",
        "*.org, example.org, false",
        "*, example, false",
        "a*.example.org, aaa.example.org, false",
        "aaa.example.org.evil.example, aaa.example.org, false",
        "example.org, aaa.example.org, false",
    })
    void starIsOneLabel(String certified, String wanted, boolean matches) {
        PeerCertificate certificate = new PeerCertificate("", List.of(), List.of(certified), Optional.empty());
        assertThat(certificate.hostNameAmong(Set.of(wanted)).isPresent()).isEqualTo(matches);
    }
}
