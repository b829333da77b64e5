package org.homeport.aaa.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.AaaProfile;
import org.homeport.aaa.route.Realm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MobilityServiceTest {
    private static final ServiceSubject BOB = new ServiceSubject(
            "bob@visitors.example", "MD5", List.of("gold"), OptionalLong.of(1), Optional.of("nodes"));

    @Test
    void withoutRulesServiceIsAllowed() {
        ServiceDecision decision = MobilityService.FOR_ALL.decide(BOB);
        assertThat(decision.verdict()).isEqualTo(Verdict.ALLOW);
        assertThat(decision.refusal()).isEmpty();
        assertThat(decision.audit()).isEqualTo("SERVICE_AUTHORIZED");
    }

    @Test
    void firstRuleThatMatchesDecides() {
        MobilityService service = new MobilityService(List.of(
                rule("other.example", "", "", Verdict.ALLOW),
                rule("visitors.example", "", "", Verdict.REFUSE),
                rule("", "", "gold", Verdict.ALLOW)));
        ServiceDecision decision = service.decide(BOB);
        assertThat(decision.rule()).isEqualTo(OptionalInt.of(2));
        assertThat(decision.audit()).isEqualTo("SERVICE_NOT_AUTHORIZED");
        assertThat(decision.refusal())
                .contains("service refused: rule 2 of authorization (realm visitors.example) decides of"
                        + " 'bob@visitors.example', authenticated with MD5");
    }

    @Test
    void operatorsWordsTakeTheRulesPlace() {
        ServiceRule rule = new ServiceRule(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                OptionalLong.empty(),
                List.of(),
                Verdict.REFUSE,
                Optional.of("no mobility for visitors"));
        assertThat(new MobilityService(List.of(rule)).decide(BOB).refusal())
                .contains("service refused: no mobility for visitors");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "visitors.example, '', '', true",
                "Visitors.Example, '', '', true",
                "sub.visitors.example, '', '', false",
                "'', md5, '', true",
                "'', TLS, '', false",
                "'', '', gold, true",
                "'', '', Gold, false",
                "visitors.example, md5, gold, true",
                "visitors.example, md5, silver, false",
            })
    void everyConditionMustHold(String realm, String method, String group, boolean matches) {
        assertThat(rule(realm, method, group, Verdict.REFUSE).matches(BOB)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "*, alice, true",
        "alice, alice, true",
        "alice, Alice, false",
        "*@example.org, alice@EXAMPLE.org, true",
        "*@example.org, alice@sub.example.org, false",
        "*.example.org, mn1.example.org, true",
        "a*e@example.org, alice@example.org, true",
        "a.b@example.org, axb@example.org, false",
        "**a**, banana, true",
        "ab*ba, aba, false",
        "a*n*a*, banana, false",
        "*an*an*, banana, true",
        "*an*an*an*, banana, false",
    })
    void patternsMatch(String pattern, String identity, boolean matches) {
        assertThat(new IdentityPattern(pattern).matches(identity)).isEqualTo(matches);
    }

    @Test
    void featuresAreBitsThatMustBeSet() {
        assertThat(features(0).matches(BOB)).isTrue();
        assertThat(features(1).matches(BOB)).isTrue();
        assertThat(features(3).matches(BOB)).isFalse();
        ServiceSubject silent = new ServiceSubject("bob", "MD5", List.of(), OptionalLong.empty(), Optional.empty());
        assertThat(features(0).matches(silent)).isFalse();
    }

    @Test
    void connectionIsACondition() {
        ServiceRule rule = new ServiceRule(
                List.of(),
                List.of(new IdentityPattern("*")),
                List.of(),
                List.of(),
                OptionalLong.empty(),
                List.of("nodes"),
                Verdict.REFUSE,
                Optional.empty());
        assertThat(rule.matches(BOB)).isTrue();
        assertThat(rule.matches(new ServiceSubject(
                        "bob@visitors.example", "MD5", List.of(), OptionalLong.empty(), Optional.of("guests"))))
                .isFalse();
        assertThat(rule).hasToString("identity *, connection nodes");
    }

    @Test
    void grantIsWhatIsDecidedBy() {
        AaaGrant grant = new AaaGrant(
                "bob@visitors.example",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of("gold"),
                AaaProfile.of("visitors"));
        assertThat(ServiceSubject.of(grant, "MD5", Optional.empty()))
                .isEqualTo(new ServiceSubject(
                        "bob@visitors.example", "MD5", List.of("gold"), OptionalLong.empty(), Optional.empty()));
    }

    @Test
    void nameWithoutRealmIsInNone() {
        ServiceSubject bare = new ServiceSubject("bob@", "MD5", List.of(), OptionalLong.empty(), Optional.empty());
        assertThat(rule("visitors.example", "", "", Verdict.REFUSE).matches(bare))
                .isFalse();
        assertThat(ServiceRule.all(Verdict.REFUSE).matches(bare)).isTrue();
        assertThat(ServiceRule.all(Verdict.REFUSE)).hasToString("for everybody");
    }

    private static ServiceRule features(long bits) {
        return new ServiceRule(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                OptionalLong.of(bits),
                List.of(),
                Verdict.ALLOW,
                Optional.empty());
    }

    private static ServiceRule rule(String realm, String method, String group, Verdict verdict) {
        return new ServiceRule(
                one(realm).map(Realm::new).stream().toList(),
                List.of(),
                one(method).stream().toList(),
                one(group).stream().toList(),
                OptionalLong.empty(),
                List.of(),
                verdict,
                Optional.empty());
    }

    private static Optional<String> one(String text) {
        return Optional.of(text).filter(given -> !given.isEmpty());
    }
}
