package org.homeport.aaa.radius.eap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.homeport.aaa.radius.AccessExchange;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.aaa.radius.ServerAnswer;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapType;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** Answers what it was told beforehand, and keeps what it was asked. */
final class ScriptedServer implements AccessExchange {
    static final Octets MSK = Octets.zeros(63).plus(Octets.of(7));

    final List<List<RadiusAttribute>> requests = new ArrayList<>();
    final List<CompletableFuture<Outcome>> pending = new ArrayList<>();
    private final Queue<Outcome> answers = new ArrayDeque<>();
    private final Queue<Secret> keys = new ArrayDeque<>();

    @Override
    public CompletionStage<Outcome> ask(List<RadiusAttribute> attributes) {
        requests.add(attributes);
        if (answers.isEmpty()) {
            CompletableFuture<Outcome> later = new CompletableFuture<>();
            pending.add(later);
            return later;
        }
        return CompletableFuture.completedStage(answers.remove());
    }

    ScriptedServer challenge(Octets eap, RadiusAttribute... more) {
        return answer(RadiusCode.ACCESS_CHALLENGE, attributes(eap, more));
    }

    ScriptedServer accept(Octets eap, RadiusAttribute... more) {
        return answer(RadiusCode.ACCESS_ACCEPT, attributes(eap, more));
    }

    ScriptedServer reject(Octets eap, RadiusAttribute... more) {
        return answer(RadiusCode.ACCESS_REJECT, attributes(eap, more));
    }

    ScriptedServer answer(RadiusCode code, List<RadiusAttribute> attributes) {
        answers.add(answered(code, attributes, Optional.of(MSK)));
        return this;
    }

    ScriptedServer withoutKeys(RadiusCode code, List<RadiusAttribute> attributes) {
        answers.add(answered(code, attributes, Optional.empty()));
        return this;
    }

    ScriptedServer answer(ServerAnswer answer) {
        answers.add(new Outcome.Answered(answer));
        return this;
    }

    ScriptedServer silence(String reason) {
        answers.add(new Outcome.NoAnswer(reason));
        return this;
    }

    /** A key that was handed out, the oldest first. */
    Secret key() {
        return keys.remove();
    }

    Outcome answered(RadiusCode code, List<RadiusAttribute> attributes, Optional<Octets> msk) {
        return new Outcome.Answered(new ServerAnswer(
                new RadiusPacket(code, 1, Octets.zeros(16), attributes),
                "home1",
                () -> msk.map(octets -> {
                    Secret key = Secret.copyOf(octets);
                    keys.add(key);
                    return key;
                })));
    }

    Octets lastEap() {
        return new RadiusPacket(RadiusCode.ACCESS_REQUEST, 0, Octets.zeros(16), requests.getLast())
                .eapMessage()
                .orElseThrow();
    }

    List<Octets> last(int type) {
        return requests.getLast().stream()
                .filter(attribute -> attribute.type() == type)
                .map(RadiusAttribute::value)
                .toList();
    }

    static List<RadiusAttribute> attributes(Octets eap, RadiusAttribute... more) {
        List<RadiusAttribute> all = new ArrayList<>(RadiusPacket.eapMessage(eap));
        all.addAll(List.of(more));
        return all;
    }

    static RadiusAttribute attribute(int type, Octets value) {
        return new RadiusAttribute(type, value);
    }

    static RadiusAttribute text(int type, String value) {
        return attribute(type, Octets.utf8(value));
    }

    static RadiusAttribute number(int type, long value) {
        return RadiusAttribute.integer(type, value);
    }

    static RadiusAttribute state(int... octets) {
        return attribute(AttributeType.STATE, Octets.of(octets));
    }

    static Octets request(int identifier, EapType type, int... data) {
        return EapCodec.encode(new EapPacket.Request(identifier, type, Octets.of(data)));
    }

    static Octets response(int identifier, EapType type, int... data) {
        return EapCodec.encode(new EapPacket.Response(identifier, type, Octets.of(data)));
    }

    static Octets success(int identifier) {
        return EapCodec.encode(new EapPacket.Success(identifier));
    }

    static Octets failure(int identifier) {
        return EapCodec.encode(new EapPacket.Failure(identifier));
    }
}
