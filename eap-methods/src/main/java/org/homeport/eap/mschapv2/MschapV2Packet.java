package org.homeport.eap.mschapv2;

import java.util.Optional;
import org.homeport.kit.Octets;

/** MS-CHAP-V2 packets as EAP carries them; which an opcode stands for depends on who sends it. */
sealed interface MschapV2Packet {
    /** From the server. */
    sealed interface Request extends MschapV2Packet {}

    /** From the peer. */
    sealed interface Response extends MschapV2Packet {}

    /**
     * The first packet.
     *
     * @param challenge 16 octets
     * @param name of the server; some peers want one octet at least
     */
    record Challenge(int id, Octets challenge, Octets name) implements Request {}

    /**
     * The password was right, and the server knows it too.
     *
     * @param authenticatorResponse 20 octets
     */
    record Success(int id, Octets authenticatorResponse, String message) implements Request {}

    /**
     * The password was wrong, or will not do.
     *
     * @param error as 691, ERROR_AUTHENTICATION_FAILURE
     * @param challenge for the next attempt, 16 octets
     */
    record Failure(int id, long error, Retry retry, Optional<Octets> challenge, String message) implements Request {}

    enum Retry {
        ALLOWED,
        OVER
    }

    /**
     * The answer to a Challenge, or to one in a Failure.
     *
     * @param peerChallenge 16 octets
     * @param ntResponse 24 octets
     * @param name 0..253 octets, perhaps with domain
     */
    record ChallengeResponse(int id, Octets peerChallenge, Octets ntResponse, Octets name) implements Response {}

    /** The peer agrees: nothing but the opcode. */
    record SuccessAck() implements Response {}

    /** The peer heard that it failed: nothing but the opcode. */
    record FailureAck() implements Response {}

    /** The peer would change its password; what is in it does not matter to us. */
    record ChangePassword() implements Response {}
}
