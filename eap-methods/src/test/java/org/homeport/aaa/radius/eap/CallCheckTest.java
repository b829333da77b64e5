package org.homeport.aaa.radius.eap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.aaa.radius.eap.ScriptedServer.number;
import static org.homeport.aaa.radius.eap.ScriptedServer.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.homeport.aaa.AaaAuthorizer.Answer;
import org.homeport.aaa.AaaAuthorizer.Question;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.ClaimedIdentity;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.eap.EapLimits;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

class CallCheckTest {
    private final ScriptedServer server = new ScriptedServer();
    private final CallCheck check = new CallCheck(
            new RadiusBackend.Settings(
                    "home",
                    new NasSettings(
                            "ha",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            1120,
                            OptionalLong.empty()),
                    EapLimits.DEFAULT),
            () -> server,
            new AccountingIds("boot"));

    @Test
    void questionHasNoPasswordNoStateAndNoEap() {
        check.authorize(question(ClaimedIdentity.nai("mn1.example.org")));
        assertThat(server.requests.getFirst())
                .contains(
                        text(AttributeType.USER_NAME, "mn1.example.org"),
                        number(AttributeType.SERVICE_TYPE, 10),
                        text(AttributeType.CALLING_STATION_ID, "[2001:db8::2]:500"),
                        text(AttributeType.ACCT_SESSION_ID, "boot-c1"))
                .noneMatch(attribute -> attribute.type() == AttributeType.STATE
                        || attribute.type() == AttributeType.EAP_MESSAGE
                        || attribute.type() == AttributeType.EAP_LOWER_LAYER
                        || attribute.type() == 2);
    }

    @Test
    void acceptGrants() {
        server.answer(
                RadiusCode.ACCESS_ACCEPT,
                List.of(number(AttributeType.SESSION_TIMEOUT, 60), number(AttributeType.SERVICE_TYPE, 10)));
        assertThat(answer(ClaimedIdentity.nai("mn1.example.org")))
                .isInstanceOfSatisfying(Answer.Granted.class, granted -> {
                    assertThat(granted.grant().identity()).isEqualTo("mn1.example.org");
                    assertThat(granted.grant().sessionTimeout()).contains(Duration.ofMinutes(1));
                    assertThat(granted.remark()).isEmpty();
                });
    }

    @Test
    void everythingElseRefuses() {
        server.answer(RadiusCode.ACCESS_REJECT, List.of(text(AttributeType.REPLY_MESSAGE, "expired")));
        assertThat(answer(ClaimedIdentity.nai("mn1"))).isEqualTo(new Answer.Refused("home1 rejects 'mn1': expired"));
        server.answer(RadiusCode.ACCESS_CHALLENGE, List.of());
        assertThat(answer(ClaimedIdentity.nai("mn1"))).isInstanceOf(Answer.Refused.class);
        server.answer(RadiusCode.ACCESS_ACCEPT, List.of(number(AttributeType.SERVICE_TYPE, 6)));
        assertThat(answer(ClaimedIdentity.nai("mn1"))).isInstanceOf(Answer.Refused.class);
        server.silence("nobody answers");
        assertThat(answer(ClaimedIdentity.nai("mn1"))).isEqualTo(new Answer.Unavailable("nobody answers"));
    }

    @Test
    void namelessPeersAreNotAskedFor() {
        assertThat(answer(new ClaimedIdentity(ClaimedIdentity.Kind.OPAQUE, Octets.of(1))))
                .isInstanceOf(Answer.Refused.class);
        assertThat(answer(new ClaimedIdentity(ClaimedIdentity.Kind.NAI, Octets.of(0xff))))
                .isInstanceOf(Answer.Refused.class);
        assertThat(server.requests).isEmpty();
    }

    private Answer answer(ClaimedIdentity identity) {
        return check.authorize(question(identity)).toCompletableFuture().join();
    }

    private static Question question(ClaimedIdentity identity) {
        return new Question("c1", identity, "CERTIFICATE", Optional.of("[2001:db8::2]:500"));
    }
}
