package org.homeport.eap.mschapv2;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerStep;
import org.homeport.eap.PeerStep.Standing;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;

/**
 * The peer side of EAP-MSCHAPv2. It has one password, so it takes no second attempt, and it changes no passwords: a
 * Failure Request is acknowledged, whatever it offers.
 */
public final class MschapV2Peer implements PeerMethod {
    private final Octets userName;
    private final NtHash password;
    private final RandomSource random;
    private State state = new State.AwaitingChallenge();

    private sealed interface State {
        record AwaitingChallenge() implements State {}

        record AwaitingVerdict(String server, MschapV2Proof proof) implements State {}

        record Over() implements State {}
    }

    /** @param userName sent as it is, with domain or realm */
    public MschapV2Peer(String userName, NtHash password, RandomSource random) {
        this.userName = Octets.utf8(userName);
        this.password = password;
        this.random = random;
    }

    @Override
    public EapType type() {
        return EapType.MSCHAPV2;
    }

    @Override
    public String name() {
        return MschapV2Server.NAME;
    }

    @Override
    public PeerStep handle(Octets typeData, int identifier) {
        MschapV2Packet.Request request;
        try {
            request = MschapV2Codec.decodeRequest(typeData);
        } catch (WireException e) {
            return fail("malformed MSCHAPv2 request: " + e.getMessage());
        }
        return switch (state) {
            case State.AwaitingChallenge waiting ->
                request instanceof MschapV2Packet.Challenge challenge
                        ? respond(challenge)
                        : fail("a " + request.getClass().getSimpleName() + " before the Challenge");
            case State.AwaitingVerdict(String server, MschapV2Proof proof) ->
                switch (request) {
                    case MschapV2Packet.Success success -> verify(success, server, proof);
                    case MschapV2Packet.Failure failure -> lost(failure, proof);
                    case MschapV2Packet.Challenge again -> new PeerStep.Ignored("a second MSCHAPv2 Challenge");
                };
            case State.Over over -> new PeerStep.Ignored("MSCHAPv2 is over");
        };
    }

    private PeerStep respond(MschapV2Packet.Challenge challenge) {
        Octets peerChallenge = random.octets(16);
        MschapV2Proof proof = MschapV2Proof.of(password, challenge.challenge(), peerChallenge, userName);
        state = new State.AwaitingVerdict(challenge.name().utf8(), proof);
        return new PeerStep.Answer(
                MschapV2Codec.encode(new MschapV2Packet.ChallengeResponse(
                        challenge.id(), peerChallenge, proof.ntResponse(), userName)),
                new Standing.Undecided());
    }

    /** RFC 2759 section 5: "If the authenticator response is either missing or incorrect, the peer MUST end". */
    private PeerStep verify(MschapV2Packet.Success success, String server, MschapV2Proof proof) {
        if (!proof.authenticatorResponse().equalsConstantTime(success.authenticatorResponse())) {
            proof.msk().close();
            return fail("the server does not know the password: its authenticator response is wrong");
        }
        state = new State.Over();
        return new PeerStep.Answer(
                MschapV2Codec.encode(new MschapV2Packet.SuccessAck()),
                new Standing.Agreed(
                        new MethodResult(name(), Optional.of(server), Optional.of(proof.msk()), Optional.empty())));
    }

    private PeerStep lost(MschapV2Packet.Failure failure, MschapV2Proof proof) {
        proof.msk().close();
        state = new State.Over();
        return new PeerStep.Answer(
                MschapV2Codec.encode(new MschapV2Packet.FailureAck()),
                new Standing.Lost("the server refuses: error " + failure.error() + " (" + meaning(failure.error()) + ")"
                        + (failure.message().isEmpty() ? "" : ": " + failure.message())));
    }

    private PeerStep fail(String reason) {
        state = new State.Over();
        return new PeerStep.Failed(reason);
    }

    /** RFC 2759 section 6. */
    private static String meaning(long error) {
        if (error == 646) {
            return "no logon at this hour";
        } else if (error == 647) {
            return "account disabled";
        } else if (error == 648) {
            return "password expired; changing it here is not supported";
        } else if (error == 649) {
            return "no permission to dial in";
        } else if (error == 691) {
            return "wrong name or password";
        } else if (error == 709) {
            return "password not changed";
        }
        return "unknown";
    }
}
