package org.homeport.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.core.message.Direction.REQUEST;
import static org.homeport.core.message.Direction.RESPONSE;
import static org.homeport.core.registry.ExchangeType.CREATE_CHILD_SA;
import static org.homeport.core.registry.ExchangeType.IKE_AUTH;
import static org.homeport.core.registry.ExchangeType.IKE_SA_INIT;
import static org.homeport.core.registry.ExchangeType.INFORMATIONAL;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.homeport.core.message.PayloadRules.Protection;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.CertificateEncoding;
import org.homeport.core.registry.CpType;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.IdType;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadRulesTest {
    private static final Payload SA = new Payload.SecurityAssociation(List.of());
    private static final Payload KE = new Payload.KeyExchange(KeyExchangeId.CURVE25519, Octets.zeros(32));
    private static final Payload NONCE = new Payload.Nonce(Octets.zeros(32));
    private static final Payload NOTIFY = Payload.Notify.of(NotifyType.NO_PROPOSAL_CHOSEN);
    private static final Payload VENDOR = new Payload.VendorId(Octets.EMPTY);
    private static final Payload IDI = Payload.Identification.of(PayloadType.IDI, IdType.FQDN, Octets.EMPTY);
    private static final Payload IDR = Payload.Identification.of(PayloadType.IDR, IdType.FQDN, Octets.EMPTY);
    private static final Payload CERT = new Payload.Certificate(CertificateEncoding.X509_SIGNATURE, Octets.EMPTY);
    private static final Payload CERTREQ =
            new Payload.CertificateRequest(CertificateEncoding.X509_SIGNATURE, Octets.EMPTY);
    private static final Payload AUTH = new Payload.Authentication(AuthMethod.SHARED_KEY, Octets.EMPTY);
    private static final Payload EAP = new Payload.Eap(Octets.EMPTY);
    private static final Payload CP = new Payload.Configuration(CpType.CFG_REQUEST, List.of());
    private static final Payload TSI = new Payload.TrafficSelectors(PayloadType.TSI, List.of());
    private static final Payload TSR = new Payload.TrafficSelectors(PayloadType.TSR, List.of());
    private static final Payload DELETE = new Payload.Delete(ProtocolId.IKE, List.of());

    static Stream<Arguments> legal() {
        return Stream.of(
                Arguments.of(IKE_SA_INIT, REQUEST, List.of(SA, KE, NONCE)),
                Arguments.of(IKE_SA_INIT, REQUEST, List.of(NOTIFY, VENDOR, NONCE, SA, KE, NOTIFY)),
                Arguments.of(IKE_SA_INIT, RESPONSE, List.of(SA, KE, NONCE, NOTIFY, CERTREQ)),
                Arguments.of(IKE_SA_INIT, RESPONSE, List.of(NOTIFY)),
                Arguments.of(IKE_AUTH, REQUEST, List.of(IDI, CERT, CERTREQ, IDR, AUTH, CP, SA, TSI, TSR, NOTIFY)),
                Arguments.of(IKE_AUTH, REQUEST, List.of(IDI, SA, TSI, TSR)),
                Arguments.of(IKE_AUTH, REQUEST, List.of(IDI, NOTIFY)),
                Arguments.of(IKE_AUTH, REQUEST, List.of(EAP)),
                Arguments.of(IKE_AUTH, REQUEST, List.of(AUTH, NOTIFY)),
                Arguments.of(IKE_AUTH, RESPONSE, List.of(IDR, CERT, CERT, AUTH, EAP)),
                Arguments.of(IKE_AUTH, RESPONSE, List.of(IDR, EAP)),
                Arguments.of(IKE_AUTH, RESPONSE, List.of(EAP)),
                Arguments.of(IKE_AUTH, RESPONSE, List.of(AUTH, CP, SA, TSI, TSR, NOTIFY)),
                Arguments.of(IKE_AUTH, RESPONSE, List.of(IDR, CERT, AUTH, SA, TSI, TSR)),
                Arguments.of(IKE_AUTH, RESPONSE, List.of(IDR, AUTH, NOTIFY)),
                Arguments.of(IKE_AUTH, RESPONSE, List.of(NOTIFY)),
                Arguments.of(CREATE_CHILD_SA, REQUEST, List.of(NOTIFY, SA, NONCE, KE, TSI, TSR, CP)),
                Arguments.of(CREATE_CHILD_SA, REQUEST, List.of(SA, NONCE, KE)),
                Arguments.of(CREATE_CHILD_SA, RESPONSE, List.of(SA, NONCE, TSI, TSR)),
                Arguments.of(CREATE_CHILD_SA, RESPONSE, List.of(SA, NONCE, KE)),
                Arguments.of(CREATE_CHILD_SA, RESPONSE, List.of(NOTIFY)),
                Arguments.of(INFORMATIONAL, REQUEST, List.of()),
                Arguments.of(INFORMATIONAL, REQUEST, List.of(DELETE, DELETE, NOTIFY, CP)),
                Arguments.of(INFORMATIONAL, RESPONSE, List.of(DELETE)));
    }

    @ParameterizedTest
    @MethodSource("legal")
    void everyFormOfTheStandardIsTaken(ExchangeType exchange, Direction direction, List<Payload> payloads) {
        assertThat(PayloadRules.check(exchange, direction, payloads)).isEmpty();
    }

    static Stream<Arguments> illegal() {
        return Stream.of(
                Arguments.of(IKE_SA_INIT, REQUEST, List.of(SA, KE), tooFew(PayloadType.NONCE)),
                Arguments.of(IKE_SA_INIT, REQUEST, List.of(SA, SA, KE, NONCE), tooMany(PayloadType.SA, 2, 1)),
                Arguments.of(IKE_SA_INIT, REQUEST, List.of(SA, KE, NONCE, AUTH), tooMany(PayloadType.AUTH, 1, 0)),
                Arguments.of(IKE_SA_INIT, RESPONSE, List.of(), tooFew(PayloadType.NOTIFY)),
                Arguments.of(IKE_AUTH, REQUEST, List.of(IDI, SA, TSI), tooFew(PayloadType.TSR)),
                Arguments.of(IKE_AUTH, REQUEST, List.of(EAP, AUTH), tooMany(PayloadType.AUTH, 1, 0)),
                Arguments.of(IKE_AUTH, REQUEST, List.of(EAP, EAP), tooMany(PayloadType.EAP, 2, 1)),
                Arguments.of(CREATE_CHILD_SA, REQUEST, List.of(SA, KE), tooFew(PayloadType.NONCE)),
                Arguments.of(INFORMATIONAL, REQUEST, List.of(SA), tooMany(PayloadType.SA, 1, 0)));
    }

    @ParameterizedTest
    @MethodSource("illegal")
    void whatKeepsAMessageFromItsFormIsNamed(
            ExchangeType exchange, Direction direction, List<Payload> payloads, RuleViolation violation) {
        assertThat(PayloadRules.check(exchange, direction, payloads)).contains(violation);
    }

    @Test
    void anyOrderWillDo() {
        List<Payload> payloads = new ArrayList<>(Arrays.asList(IDI, CERT, AUTH, CP, SA, TSI, TSR));
        for (int i = 0; i < payloads.size(); i++) {
            Collections.rotate(payloads, 1);
            assertThat(PayloadRules.check(IKE_AUTH, REQUEST, payloads)).isEmpty();
        }
    }

    @Test
    void moreThanEightCertificatesAreTooMany() {
        List<Payload> payloads = new ArrayList<>(Collections.nCopies(8, CERT));
        payloads.addAll(List.of(IDI, AUTH, SA, TSI, TSR));
        assertThat(PayloadRules.check(IKE_AUTH, REQUEST, payloads)).isEmpty();

        payloads.add(CERT);
        assertThat(PayloadRules.check(IKE_AUTH, REQUEST, payloads)).contains(tooMany(PayloadType.CERT, 9, 8));
    }

    @Test
    void unknownPayloadsArePassedOverUnlessCritical() {
        PayloadType unknown = new PayloadType(200);
        Payload harmless = new Payload.Unknown(unknown, false, Octets.EMPTY);
        Payload critical = new Payload.Unknown(unknown, true, Octets.EMPTY);

        assertThat(PayloadRules.check(INFORMATIONAL, REQUEST, List.of(harmless)))
                .isEmpty();
        assertThat(PayloadRules.check(INFORMATIONAL, REQUEST, List.of(critical)))
                .contains(new RuleViolation.UnsupportedCritical(unknown));
    }

    @Test
    void closedPayloadsAreInNoForm() {
        Payload closed = new Payload.Encrypted(PayloadType.NONE, Octets.EMPTY);

        assertThat(PayloadRules.check(INFORMATIONAL, REQUEST, List.of(closed))).contains(tooMany(PayloadType.SK, 1, 0));
    }

    @Test
    void exchangesWeDoNotKnowAreNamed() {
        ExchangeType exchange = new ExchangeType(240);

        assertThat(PayloadRules.check(exchange, REQUEST, List.of()))
                .contains(new RuleViolation.UnknownExchange(exchange));
        assertThat(PayloadRules.protection(exchange)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"34,CLEAR", "35,ENCRYPTED", "36,ENCRYPTED", "37,ENCRYPTED"})
    void onlyTheFirstExchangeIsInTheClear(int exchange, Protection protection) {
        assertThat(PayloadRules.protection(new ExchangeType(exchange))).contains(protection);
    }

    private static RuleViolation tooFew(PayloadType type) {
        return new RuleViolation.TooFew(type, 0, 1);
    }

    private static RuleViolation tooMany(PayloadType type, int count, int max) {
        return new RuleViolation.TooMany(type, count, max);
    }
}
