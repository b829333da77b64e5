package org.homeport.eap.mschapv2;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.ServerStep;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;

/**
 * The server side of EAP-MSCHAPv2: Challenge, Response, Success, acknowledgement.
 *
 * <p>A wrong password that may be tried again is answered by a Failure Request (E=691 R=1 and a new challenge); the
 * last one by EAP-Failure at once. A Failure Request with R=0 would be the other way, but Windows answers it with
 * nothing and charon drops the connection, which leaves us with half a conversation and no more to say.
 */
public final class MschapV2Server implements ServerMethod {
    public static final String NAME = "MSCHAPV2";

    private static final long AUTHENTICATION_FAILURE = 691;

    private final MschapV2Accounts accounts;
    private final Octets serverName;
    private final RandomSource random;
    private int attemptsLeft;
    private State state = new State.Fresh();

    private sealed interface State {
        record Fresh() implements State {}

        record AwaitingResponse(Octets challenge) implements State {}

        /** The password was wrong, and the peer was told so. */
        record AwaitingRetry(Octets challenge, String setback) implements State {}

        record AwaitingAck(MethodResult result) implements State {}

        record Over() implements State {}
    }

    /**
     * @param serverName shown to the peer; charon wants one octet at least
     * @param attempts passwords that the peer may try, 1 or more
     */
    public MschapV2Server(MschapV2Accounts accounts, String serverName, int attempts, RandomSource random) {
        if (serverName.isEmpty() || attempts < 1) {
            throw new IllegalArgumentException("server name '" + serverName + "', " + attempts + " attempts");
        }
        this.accounts = accounts;
        this.serverName = Octets.utf8(serverName);
        this.random = random;
        this.attemptsLeft = attempts;
    }

    @Override
    public EapType type() {
        return EapType.MSCHAPV2;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ServerStep begin(int identifier) {
        Octets challenge = random.octets(16);
        state = new State.AwaitingResponse(challenge);
        return new ServerStep.Ask(
                MschapV2Codec.encode(new MschapV2Packet.Challenge(identifier, challenge, serverName)));
    }

    @Override
    public ServerStep respond(Octets typeData, int nextIdentifier) {
        MschapV2Packet.Response response;
        try {
            response = MschapV2Codec.decodeResponse(typeData);
        } catch (WireException e) {
            return fail("malformed MSCHAPv2 response: " + e.getMessage());
        }
        return switch (state) {
            case State.AwaitingResponse(Octets challenge) ->
                response instanceof MschapV2Packet.ChallengeResponse answer
                        ? check(challenge, answer, nextIdentifier)
                        : fail("a " + response.getClass().getSimpleName() + " in place of the Response");
            case State.AwaitingRetry(Octets challenge, String setback) ->
                switch (response) {
                    case MschapV2Packet.ChallengeResponse answer -> check(challenge, answer, nextIdentifier);
                    case MschapV2Packet.FailureAck ack -> fail(setback);
                    case MschapV2Packet.ChangePassword change ->
                        fail(setback + "; the peer wants to change its password, which is not supported");
                    case MschapV2Packet.SuccessAck ack -> fail(setback + "; the peer calls that a success");
                };
            case State.AwaitingAck(MethodResult result) ->
                response instanceof MschapV2Packet.SuccessAck
                        ? done(result)
                        : fail("the peer does not take our authenticator response: "
                                + response.getClass().getSimpleName());
            case State.Fresh fresh -> throw new IllegalStateException("respond() before begin()");
            case State.Over over -> new ServerStep.Ignored("MSCHAPv2 is over");
        };
    }

    /** The MS-CHAPv2-ID is not compared: the EAP Identifier was, and peers count it in different ways on retry. */
    private ServerStep check(Octets challenge, MschapV2Packet.ChallengeResponse response, int nextIdentifier) {
        MschapV2Accounts.Account account = accounts.find(response.name());
        MschapV2Proof proof =
                MschapV2Proof.of(account.password(), challenge, response.peerChallenge(), response.name());
        boolean proved = proof.ntResponse().equalsConstantTime(response.ntResponse());
        if (proved && account.objection().isEmpty()) {
            state = new State.AwaitingAck(new MethodResult(
                    NAME, Optional.of(account.identity()), Optional.of(proof.msk()), Optional.empty()));
            return new ServerStep.Ask(MschapV2Codec.encode(
                    new MschapV2Packet.Success(response.id(), proof.authenticatorResponse(), "OK")));
        }
        proof.msk().close();
        String setback = account.objection().orElse("wrong password for '" + account.identity() + "'");
        if (--attemptsLeft == 0) {
            return fail(setback);
        }
        Octets next = random.octets(16);
        state = new State.AwaitingRetry(next, setback);
        return new ServerStep.Ask(
                MschapV2Codec.encode(new MschapV2Packet.Failure(
                        nextIdentifier,
                        AUTHENTICATION_FAILURE,
                        MschapV2Packet.Retry.ALLOWED,
                        Optional.of(next),
                        "Authentication failed")),
                Optional.of(setback));
    }

    private ServerStep done(MethodResult result) {
        state = new State.Over();
        return new ServerStep.Done(result);
    }

    private ServerStep fail(String reason) {
        state = new State.Over();
        return new ServerStep.Failed(reason);
    }
}
