package org.homeport.eap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.eap.Methods.asked;
import static org.homeport.eap.Methods.response;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

class EapAuthenticatorTest {
    private final EapAuthenticator authenticator =
            Methods.authenticator(IdentityQuestion.SKIP, Methods.mschapV2(), Methods.md5());

    @Test
    void identityIsAskedAndHandedToTheChooser() throws Exception {
        List<Optional<Nai>> claimed = new ArrayList<>();
        EapAuthenticator asking = new EapAuthenticator(
                name -> {
                    claimed.add(name);
                    return List.of(Methods.md5());
                },
                IdentityQuestion.ASK,
                Optional.of(new Nai("from-ike")),
                EapLimits.DEFAULT,
                Methods.random(1));
        EapPacket.Request question = asked(asking.begin());
        assertThat(question.type()).isEqualTo(EapType.IDENTITY);
        EapPacket.Request next =
                asked(asking.handle(response(question, EapType.IDENTITY, Octets.utf8("mn1@home.example"))));
        assertThat(next.type()).isEqualTo(EapType.MD5_CHALLENGE);
        assertThat(next.identifier()).isEqualTo(question.identifier() + 1 & 0xff);
        assertThat(claimed).containsExactly(Optional.of(new Nai("mn1@home.example")));
    }

    @Test
    void emptyIdentityIsReplacedByTheHint() throws Exception {
        List<Optional<Nai>> claimed = new ArrayList<>();
        EapAuthenticator asking = new EapAuthenticator(
                name -> {
                    claimed.add(name);
                    return List.of(Methods.md5());
                },
                IdentityQuestion.ASK,
                Optional.of(new Nai("from-ike")),
                EapLimits.DEFAULT,
                Methods.random(1));
        asked(asking.handle(response(asked(asking.begin()), EapType.IDENTITY, Octets.EMPTY)));
        assertThat(claimed).containsExactly(Optional.of(new Nai("from-ike")));
    }

    @Test
    void identityWithNulIsRefused() throws Exception {
        EapAuthenticator asking = Methods.authenticator(IdentityQuestion.ASK, Methods.md5());
        EapPacket.Request question = asked(asking.begin());
        AuthenticatorStep step = asking.handle(response(question, EapType.IDENTITY, Octets.utf8("mn1\0")));
        assertRefused(step, "U+0000");
        assertThat(((AuthenticatorStep.Refused) step).failure())
                .contains(EapCodec.encode(new EapPacket.Failure(question.identifier())));
    }

    @Test
    void legacyNakLeadsToTheMethodThatThePeerWants() throws Exception {
        EapPacket.Request first = asked(authenticator.begin());
        assertThat(first.type()).isEqualTo(EapType.MSCHAPV2);
        EapPacket.Request second = asked(authenticator.handle(response(first, EapType.NAK, Octets.of(21, 4))));
        assertThat(second.type()).isEqualTo(EapType.MD5_CHALLENGE);
        // MSCHAPv2 had its chance.
        assertRefused(authenticator.handle(response(second, EapType.NAK, Octets.of(26))), "refuses MD5");
    }

    @Test
    void nakThatWantsNothingWeHaveEndsTheConversation() throws Exception {
        assertRefused(
                authenticator.handle(response(asked(authenticator.begin()), EapType.NAK, Octets.of(13, 21))),
                "wants EAP type [13, 21]");
    }

    @Test
    void nakWithoutAlternativeEndsTheConversation() throws Exception {
        assertRefused(
                authenticator.handle(response(asked(authenticator.begin()), EapType.NAK, Octets.of(0))),
                "wants nothing else");
    }

    @Test
    void expandedNakAnswersOnlyExpandedRequests() throws Exception {
        Octets wantsMd5 = Octets.fromHex("fe 000000 00000004");
        assertIgnored(authenticator.handle(response(asked(authenticator.begin()), EapType.EXPANDED_NAK, wantsMd5)));

        EapType vendor = EapType.expanded(0x372a, 1);
        EapAuthenticator withVendor = Methods.authenticator(
                IdentityQuestion.SKIP, new MethodOffer(vendor, () -> new Silent(vendor)), Methods.md5());
        EapPacket.Request first = asked(withVendor.begin());
        assertThat(first.type()).isEqualTo(vendor);
        assertThat(asked(withVendor.handle(response(first, EapType.EXPANDED_NAK, wantsMd5)))
                        .type())
                .isEqualTo(EapType.MD5_CHALLENGE);
    }

    @Test
    void nakInTheMiddleOfAMethodIsIgnored() throws Exception {
        EapType vendor = EapType.expanded(0x372a, 1);
        EapAuthenticator withVendor = Methods.authenticator(
                IdentityQuestion.SKIP, new MethodOffer(vendor, () -> new Silent(vendor)), Methods.md5());
        EapPacket.Request second = asked(withVendor.handle(response(asked(withVendor.begin()), vendor, Octets.EMPTY)));
        assertIgnored(withVendor.handle(response(second, EapType.NAK, Octets.of(4))));
    }

    @Test
    void wrongIdentifierIsIgnoredAndTheRequestStands() throws Exception {
        AuthenticatorStep.Ask ask = (AuthenticatorStep.Ask) authenticator.begin();
        int other = asked(ask).identifier() + 7 & 0xff;
        AuthenticatorStep step =
                authenticator.handle(EapCodec.encode(new EapPacket.Response(other, EapType.NAK, Octets.of(4))));
        assertIgnored(step);
        assertThat(((AuthenticatorStep.Ignored) step).outstanding()).isEqualTo(ask.request());
    }

    @Test
    void repeatedResponseIsIgnored() throws Exception {
        Octets nak = response(asked(authenticator.begin()), EapType.NAK, Octets.of(4));
        asked(authenticator.handle(nak));
        assertIgnored(authenticator.handle(nak));
    }

    @Test
    void onlyResponsesOfTheMethodCount() throws Exception {
        EapPacket.Request first = asked(authenticator.begin());
        assertIgnored(authenticator.handle(response(first, EapType.MD5_CHALLENGE, Octets.of(1, 1))));
        assertIgnored(authenticator.handle(response(first, EapType.NOTIFICATION, Octets.EMPTY)));
        assertIgnored(authenticator.handle(response(first, EapType.IDENTITY, Octets.utf8("mn1"))));
        assertIgnored(authenticator.handle(EapCodec.encode(new EapPacket.Success(first.identifier()))));
        assertIgnored(authenticator.handle(EapCodec.encode(first)));
        assertIgnored(authenticator.handle(Octets.of(2)));
        assertIgnored(authenticator.handle(Octets.zeros(5000)));
    }

    @Test
    void roundsAreCapped() throws Exception {
        EapType vendor = EapType.expanded(0x372a, 1);
        EapAuthenticator endless = new EapAuthenticator(
                claimed -> List.of(new MethodOffer(vendor, () -> new Silent(vendor))),
                IdentityQuestion.SKIP,
                Optional.empty(),
                new EapLimits(10, 4096),
                Methods.random(3));
        EapPacket.Request request = asked(endless.begin());
        for (int round = 0; round < 10; round++) {
            request = asked(endless.handle(response(request, vendor, Octets.EMPTY)));
        }
        assertRefused(endless.handle(response(request, vendor, Octets.EMPTY)), "more than 10 rounds");
    }

    @Test
    void packetsThatAreIgnoredCountAsRounds() {
        authenticator.begin();
        AuthenticatorStep step = authenticator.handle(Octets.EMPTY);
        for (int i = 1; i <= 50; i++) {
            step = authenticator.handle(Octets.EMPTY);
        }
        assertRefused(step, "more than 50 rounds");
    }

    @Test
    void nobodyIsAuthenticatedWithoutAMethod() {
        EapAuthenticator without = Methods.authenticator(IdentityQuestion.SKIP);
        AuthenticatorStep step = without.begin();
        assertRefused(step, "no method for 'mn1'");
        assertThat(((AuthenticatorStep.Refused) step).failure()).isEmpty();
    }

    @Test
    void afterTheEndEverythingIsRefused() throws Exception {
        authenticator.handle(response(asked(authenticator.begin()), EapType.NAK, Octets.of(0)));
        assertRefused(authenticator.handle(Octets.EMPTY), "over");
    }

    private static void assertIgnored(AuthenticatorStep step) {
        assertThat(step).isInstanceOf(AuthenticatorStep.Ignored.class);
    }

    private static void assertRefused(AuthenticatorStep step, String why) {
        assertThat(step)
                .isInstanceOfSatisfying(
                        AuthenticatorStep.Refused.class,
                        refused -> assertThat(refused.reason()).contains(why));
    }

    /** A method that asks on and on. */
    private record Silent(EapType type) implements ServerMethod {
        @Override
        public String name() {
            return "SILENT";
        }

        @Override
        public ServerStep begin(int identifier) {
            return new ServerStep.Ask(Octets.EMPTY);
        }

        @Override
        public ServerStep respond(Octets typeData, int nextIdentifier) {
            return new ServerStep.Ask(Octets.EMPTY);
        }
    }
}
