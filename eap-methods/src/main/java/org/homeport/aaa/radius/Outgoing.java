package org.homeport.aaa.radius;

import java.util.List;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** Makes the octets of an attempt that has its identifier. */
final class Outgoing {
    private Outgoing() {}

    static void seal(Attempt attempt, Secret secret, RandomSource random) {
        List<RadiusAttribute> attributes = attempt.request.attributes();
        switch (attempt.request.kind()) {
            case ACCESS -> unpredictable(attempt, RadiusCode.ACCESS_REQUEST, secret, random);
            case STATUS -> unpredictable(attempt, RadiusCode.STATUS_SERVER, secret, random);
            case ACCOUNTING -> {
                attempt.packet = RadiusAuthenticators.accountingRequest(attempt.identifier, attributes, secret);
                attempt.authenticator = RadiusCodec.authenticator(attempt.packet);
            }
        }
    }

    private static void unpredictable(Attempt attempt, RadiusCode code, Secret secret, RandomSource random) {
        attempt.authenticator = random.octets(RadiusPacket.AUTHENTICATOR_OCTETS);
        attempt.packet = RadiusAuthenticators.accessRequest(
                code, attempt.identifier, attempt.authenticator, attempt.request.attributes(), secret);
    }
}
