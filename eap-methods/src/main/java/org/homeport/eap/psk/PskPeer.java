package org.homeport.eap.psk;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerStep;
import org.homeport.eap.PeerStep.Standing;
import org.homeport.eap.psk.PskCodec.Result;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;

/**
 * The peer side of EAP-PSK. Extensions are answered as unknown, and do no harm to an authentication that the server
 * calls a success (RFC 4764 section 6.2).
 */
public final class PskPeer implements PeerMethod {
    private final Octets peerName;
    private final PskKeys keys;
    private final RandomSource random;
    private State state = new State.AwaitingFirst();

    private sealed interface State {
        record AwaitingFirst() implements State {}

        record AwaitingThird(Octets serverName, PskMessage.Second sent) implements State {}

        /** The server goes on with an extension: its next word decides. */
        record AwaitingFifth(Octets serverName, PskMessage.Second sent, PskKeys.Session session, long nonce)
                implements State {}

        record Over() implements State {}
    }

    /** @param peerName 1 to 966 octets */
    public PskPeer(String peerName, PskKeys keys, RandomSource random) {
        this.peerName = Octets.utf8(peerName);
        this.keys = keys;
        this.random = random;
    }

    @Override
    public EapType type() {
        return EapType.PSK;
    }

    @Override
    public String name() {
        return PskServer.NAME;
    }

    @Override
    public PeerStep handle(Octets typeData, int identifier) {
        PskMessage message;
        try {
            message = PskCodec.decode(typeData);
        } catch (WireException e) {
            return fail("malformed PSK request: " + e.getMessage());
        }
        return switch (state) {
            case State.AwaitingFirst waiting ->
                message instanceof PskMessage.First first
                        ? answer(first)
                        : fail("a " + message.getClass().getSimpleName() + " message in place of the first");
            case State.AwaitingThird(Octets serverName, PskMessage.Second sent) ->
                message instanceof PskMessage.Third third && third.randS().equals(sent.randS())
                        ? verify(serverName, sent, third, typeData, identifier)
                        : fail("a " + message.getClass().getSimpleName() + " message in place of the third");
            case State.AwaitingFifth(Octets serverName, PskMessage.Second sent, PskKeys.Session session, long nonce) ->
                message instanceof PskMessage.Fourth fifth && fifth.randS().equals(sent.randS())
                        ? conclude(serverName, sent, session, nonce, fifth.channel(), typeData, identifier)
                        : fail("a " + message.getClass().getSimpleName() + " message in place of the fifth");
            case State.Over over -> new PeerStep.Ignored("PSK is over");
        };
    }

    private PeerStep answer(PskMessage.First first) {
        Octets randP = random.octets(PskCodec.RAND);
        Octets mac = keys.peerMac(peerName, first.serverName(), first.randS(), randP);
        PskMessage.Second second = new PskMessage.Second(first.randS(), randP, mac, peerName);
        state = new State.AwaitingThird(first.serverName(), second);
        return new PeerStep.Answer(PskCodec.encode(second), new Standing.Undecided());
    }

    private PeerStep verify(
            Octets serverName, PskMessage.Second sent, PskMessage.Third third, Octets typeData, int identifier) {
        if (!keys.serverMac(serverName, sent.randP()).equalsConstantTime(third.mac())) {
            return fail("the server '" + serverName.utf8() + "' does not know the key: MAC_S is wrong");
        }
        return conclude(serverName, sent, keys.session(sent.randP()), 0, third.channel(), typeData, identifier);
    }

    /** @param nonce that the server has to use */
    private PeerStep conclude(
            Octets serverName,
            PskMessage.Second sent,
            PskKeys.Session session,
            long nonce,
            PskMessage.Channel channel,
            Octets typeData,
            int identifier) {
        if (channel.nonce() != nonce) {
            return fail("nonce " + channel.nonce() + " in place of " + nonce);
        }
        Optional<Octets> opened = session.open(PskCodec.header(PskCodec.Code.REQUEST, identifier, typeData), channel);
        if (opened.isEmpty()) {
            return fail("the tag of PCHANNEL is wrong");
        }
        Result result;
        try {
            result = Result.decode(opened.get());
        } catch (WireException e) {
            return fail("malformed PCHANNEL: " + e.getMessage());
        }
        Octets response = reply(sent.randS(), session, nonce + 1, result, identifier);
        return switch (result.kind()) {
            case DONE_SUCCESS -> {
                state = new State.Over();
                yield new PeerStep.Answer(
                        response,
                        new Standing.Agreed(new MethodResult(
                                name(),
                                Optional.of(serverName.utf8()),
                                Optional.of(session.msk()),
                                Optional.of(PskServer.sessionId(sent)))));
            }
            case DONE_FAILURE -> {
                state = new State.Over();
                yield new PeerStep.Answer(
                        response, new Standing.Lost("the server '" + serverName.utf8() + "' refuses: DONE_FAILURE"));
            }
            // "Continue for exactly one round-trip" (RFC 4764 section 6.2).
            case CONT -> {
                if (nonce > 0 || result.extension().isEmpty()) {
                    yield fail("the server wants to go on, and does not say with what");
                }
                state = new State.AwaitingFifth(serverName, sent, session, nonce + 2);
                yield new PeerStep.Answer(response, new Standing.Undecided());
            }
        };
    }

    /** Says what the server said, to an extension that we do not know. */
    private static Octets reply(Octets randS, PskKeys.Session session, long nonce, Result result, int identifier) {
        Octets plain = result.encode();
        Octets draft = PskCodec.encode(
                new PskMessage.Fourth(randS, new PskMessage.Channel(nonce, Octets.zeros(PskCodec.MAC), plain)));
        Octets sealed = session.seal(nonce, PskCodec.header(PskCodec.Code.RESPONSE, identifier, draft), plain);
        return PskCodec.encode(new PskMessage.Fourth(
                randS, new PskMessage.Channel(nonce, sealed.slice(0, PskCodec.MAC), sealed.from(PskCodec.MAC))));
    }

    private PeerStep fail(String reason) {
        state = new State.Over();
        return new PeerStep.Failed(reason);
    }
}
