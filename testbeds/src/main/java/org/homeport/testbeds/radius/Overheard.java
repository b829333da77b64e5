package org.homeport.testbeds.radius;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.MppeKeys;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/**
 * One exchange, as the one in the middle sees it.
 *
 * @param datagram the genuine answer as it came
 * @param before the answer that came before this one, as it came
 * @param firstState the first State that this client was ever given
 */
record Overheard(
        RadiusPacket request,
        RadiusPacket answer,
        Octets datagram,
        Optional<Octets> before,
        Optional<Octets> firstState,
        Secret secret,
        RandomSource random) {
    private static final int KEY_OCTETS = 32;

    Forger forger() {
        return new Forger(secret);
    }

    /** Everything that lets a peer in: EAP-Success to the Response, its name, keys. */
    List<RadiusAttribute> acceptance() {
        List<RadiusAttribute> all = new ArrayList<>(success(responseIdentifier()));
        request.first(AttributeType.USER_NAME).ifPresent(all::add);
        Secret key = Secret.copyOf(Octets.zeros(KEY_OCTETS));
        all.addAll(new MppeKeys(key, key).toAttributes(request.authenticator(), secret, random));
        return all;
    }

    /** Identifier of the EAP-Response in the request. */
    int responseIdentifier() {
        return request.eapMessage()
                .filter(eap -> eap.length() > 1)
                .map(eap -> eap.at(1))
                .orElse(0);
    }

    /** Whether the request brings the identity: then no method has run yet. */
    boolean isBeginning() {
        return request.eapMessage()
                .filter(eap -> eap.length() > 4 && eap.at(4) == 1)
                .isPresent();
    }

    static List<RadiusAttribute> success(int identifier) {
        return RadiusPacket.eapMessage(Octets.of(3, identifier, 0, 4));
    }

    static List<RadiusAttribute> failure(int identifier) {
        return RadiusPacket.eapMessage(Octets.of(4, identifier, 0, 4));
    }

    boolean is(RadiusCode code) {
        return answer.code() == code;
    }

    /** The genuine attributes but for some. */
    List<RadiusAttribute> without(int... types) {
        List<Integer> left = java.util.Arrays.stream(types).boxed().toList();
        return answer.attributes().stream()
                .filter(attribute -> attribute.type() != AttributeType.MESSAGE_AUTHENTICATOR)
                .filter(attribute -> !left.contains(attribute.type()))
                .toList();
    }

    /** The genuine attributes and some more. */
    List<RadiusAttribute> with(List<RadiusAttribute> more) {
        List<RadiusAttribute> all = new ArrayList<>(without());
        all.addAll(more);
        return all;
    }
}
