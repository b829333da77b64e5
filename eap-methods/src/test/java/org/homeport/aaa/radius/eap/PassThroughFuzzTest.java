package org.homeport.aaa.radius.eap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.homeport.aaa.AaaReply;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.aaa.radius.ServerAnswer;
import org.homeport.eap.EapLimits;
import org.homeport.eap.Nai;
import org.homeport.kit.Octets;

class PassThroughFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void grantsAreReadWithoutSurprises(FuzzedDataProvider data) {
        GrantReader reader = new GrantReader("home", Set.of(GrantReader.FRAMED));
        switch (reader.read(attributes(data), "alice@example.org")) {
            case GrantReader.Reading.Granted granted ->
                assertThat(granted.grant().identity()).isNotEmpty();
            case GrantReader.Reading.Refused refused ->
                assertThat(refused.reason()).contains("RFC 2865 section 5");
        }
    }

    /** Whatever server and peer say: no acceptance without an Access-Accept that answers a method's Response. */
    @FuzzTest(maxDuration = "60s")
    void nobodyIsAcceptedWithoutAMethod(FuzzedDataProvider data) {
        NasSettings nas = new NasSettings(
                "ha",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1120,
                OptionalLong.empty());
        PassThrough conversation = new PassThrough(
                new Nai("alice@example.org"),
                7,
                new AccessAttributes(nas, new AccountingIds("b")).eap("c1", Optional.empty()),
                EapLimits.DEFAULT,
                Set.of(),
                new AcceptReader(new GrantReader("home", Set.of(GrantReader.FRAMED)), OuterIdentity.TAKE),
                new ConflictCounts());
        PassThrough.Step step = conversation.begin();
        boolean methodAnswered = false;
        while (data.remainingBytes() > 0) {
            boolean accepts = false;
            if (step instanceof PassThrough.Step.Ask) {
                RadiusCode code = data.pickValue(RadiusCode.values());
                accepts = code == RadiusCode.ACCESS_ACCEPT;
                step = conversation.answered(new ServerAnswer(
                        new RadiusPacket(code, 0, Octets.zeros(16), attributes(data)), "home1", Optional::empty));
            } else {
                Octets packet = Octets.wrap(data.consumeBytes(data.consumeInt(0, 300)));
                methodAnswered |= packet.length() > 4 && packet.at(4) >= 4;
                step = conversation.handle(packet);
            }
            if (step instanceof PassThrough.Step.Tell(AaaReply reply) && reply instanceof AaaReply.Accept) {
                assertThat(accepts && methodAnswered).isTrue();
            }
        }
    }

    private static List<RadiusAttribute> attributes(FuzzedDataProvider data) {
        List<RadiusAttribute> attributes = new ArrayList<>();
        for (int left = data.consumeInt(0, 8); left > 0 && data.remainingBytes() > 0; left--) {
            int type = data.consumeBoolean() ? AttributeType.EAP_MESSAGE : data.consumeInt(1, 255);
            attributes.add(new RadiusAttribute(type, Octets.wrap(data.consumeBytes(data.consumeInt(0, 20)))));
        }
        return attributes;
    }
}
