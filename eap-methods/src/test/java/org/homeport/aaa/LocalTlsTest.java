package org.homeport.aaa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.IdentityQuestion;
import org.homeport.eap.Methods;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.tls.EapTlsFragments;
import org.homeport.eap.tls.TestCa;
import org.homeport.eap.tls.TlsClientSettings;
import org.homeport.eap.tls.TlsClientSide;
import org.homeport.eap.tls.TlsPeer;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

/** EAP-TLS with the embedded AAA: which certificate is which user's. */
class LocalTlsTest {
    private static final RandomSource RANDOM = Methods.random(12);
    private static final TestCa CA = TestCa.root("Users' Root", TestCa.Kind.P256);
    private static final LocalTls TLS = new LocalTls(
            new LocalTls.Settings(CA.issue(TestCa.server("aaa.example.org")).certifiedKey(), CA.anchors()),
            TestCa.CLOCK,
            RANDOM);
    private static final UserSecret CERTIFICATE = new UserSecret.Certificate();

    private final UserStore users = UserStore.of(List.of(
            User.of("mn1@example.org", CERTIFICATE),
            User.of("mn2@example.org", CERTIFICATE),
            User.of("host.example.org", CERTIFICATE),
            User.of("bare", CERTIFICATE),
            User.of("bare@example.org", CERTIFICATE),
            User.of("mn3@example.org", new UserSecret.Password(Secret.utf8("secret")))));

    @Test
    void certificateMakesTheUserWhateverWasClaimed() {
        AaaReply.Accept accept = accepted("somebody@example.org", TestCa.client("mn1@EXAMPLE.org"));
        assertThat(accept.method()).isEqualTo("TLS");
        assertThat(accept.grant().identity()).isEqualTo("mn1@example.org");
        assertThat(accept.msk().orElseThrow().length()).isEqualTo(64);
    }

    /** The EAP type, and what RFC 9190 section 2.3 adds to it. */
    @Test
    void grantCarriesTheNameOfTheKeys() {
        AaaReply.Accept accept = accepted("mn1@example.org", TestCa.client("mn1@example.org"));
        assertThat(accept.grant().profile().eapKeyName().orElseThrow())
                .satisfies(name -> assertThat(name.length()).isEqualTo(65))
                .satisfies(name -> assertThat(name.at(0)).isEqualTo(0x0d));
    }

    @Test
    void hostsAreUsersToo() {
        TestCa.Wish host = TestCa.client("root@nowhere.example").named(GeneralName.dNSName, "host.example.org");
        assertThat(accepted("host.example.org", host).grant().identity()).isEqualTo("host.example.org");
    }

    @Test
    void claimPicksAmongTheNamesOfACertificate() {
        TestCa.Wish both = TestCa.client("mn1@example.org").named(GeneralName.rfc822Name, "mn2@example.org");
        assertThat(accepted("mn2@example.org", both).grant().identity()).isEqualTo("mn2@example.org");
        assertThat(accepted("mn1@example.org", both).grant().identity()).isEqualTo("mn1@example.org");
        assertThat(accepted("mn9@example.org", both).grant().identity()).isEqualTo("mn1@example.org");
    }

    @Test
    void commonNameCountsOnlyWithoutSubjectAltName() {
        TestCa.Wish only = new TestCa.Wish(
                "CN=bare",
                List.of(),
                TestCa.client("x").from(),
                TestCa.client("x").to(),
                Optional.empty(),
                TestCa.Kind.P256);
        // The realm claimed is not lent to it: "bare" is another user than "bare@example.org".
        assertThat(accepted("bare@example.org", only).grant().identity()).isEqualTo("bare");
        assertThat(rejected("bare", only.named(GeneralName.rfc822Name, "mn9@example.org")))
                .endsWith("no user's: unknown user 'mn9@example.org'");
    }

    @Test
    void userWithAPasswordIsNoUserOfCertificates() {
        assertThat(rejected("mn1@example.org", TestCa.client("mn3@example.org")))
                .contains("user 'mn3@example.org' may not use TLS");
    }

    private AaaReply.Accept accepted(String claimed, TestCa.Wish certificate) {
        AaaReply end = converse(claimed, certificate);
        assertThat(end).isInstanceOf(AaaReply.Accept.class);
        return (AaaReply.Accept) end;
    }

    private String rejected(String claimed, TestCa.Wish certificate) {
        AaaReply end = converse(claimed, certificate);
        assertThat(end).isInstanceOf(AaaReply.Reject.class);
        return ((AaaReply.Reject) end).reason();
    }

    private AaaReply converse(String claimed, TestCa.Wish certificate) {
        AaaConversation conversation = new EmbeddedAaa(
                        new EmbeddedAaa.Settings(List.of(TLS)), users, RANDOM, Runnable::run)
                .open(new AaaOpening("c1", ClaimedIdentity.nai(claimed), IdentityQuestion.SKIP));
        TlsClientSettings settings = new TlsClientSettings(
                Optional.of(CA.issue(certificate).certifiedKey()), CA.anchors(), Set.of("aaa.example.org"));
        EapPeer peer = new EapPeer(
                Octets.utf8(claimed),
                List.of(new TlsPeer(new TlsClientSide(settings, TestCa.CLOCK, RANDOM), new EapTlsFragments(0, 1024))),
                EapLimits.DEFAULT);
        AaaReply reply = conversation.begin().toCompletableFuture().join();
        while (reply instanceof AaaReply.Continue next) {
            PeerTurn.Send send = (PeerTurn.Send) peer.handle(next.packet());
            reply = conversation.answer(send.response()).toCompletableFuture().join();
        }
        return reply;
    }
}
