package org.homeport.eap.psk;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.ServerStep;
import org.homeport.eap.psk.PskCodec.Result;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;

/**
 * The server side of EAP-PSK: standard authentication, without extensions. RFC 4764 section 4.1 has wrong messages
 * passed over in silence; a carrier that loses nothing brings no better ones, so a wrong MAC is the end.
 */
public final class PskServer implements ServerMethod {
    public static final String NAME = "PSK";

    private final PskAccounts accounts;
    private final Octets serverName;
    private final RandomSource random;
    private State state = new State.Fresh();

    private sealed interface State {
        record Fresh() implements State {}

        record AwaitingSecond(Octets randS) implements State {}

        record AwaitingFourth(Octets randS, PskKeys.Session session, MethodResult result, int identifier)
                implements State {}

        record Over() implements State {}
    }

    /** @param serverName by which peers choose their key, 1 to 966 octets */
    public PskServer(PskAccounts accounts, String serverName, RandomSource random) {
        this.serverName = Octets.utf8(serverName);
        if (this.serverName.isEmpty() || this.serverName.length() > PskCodec.MOST_NAME) {
            throw new IllegalArgumentException("server name '" + serverName + "'");
        }
        this.accounts = accounts;
        this.random = random;
    }

    @Override
    public EapType type() {
        return EapType.PSK;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ServerStep begin(int identifier) {
        Octets randS = random.octets(PskCodec.RAND);
        state = new State.AwaitingSecond(randS);
        return new ServerStep.Ask(PskCodec.encode(new PskMessage.First(randS, serverName)));
    }

    @Override
    public ServerStep respond(Octets typeData, int next) {
        PskMessage message;
        try {
            message = PskCodec.decode(typeData);
        } catch (WireException e) {
            return fail("malformed PSK response: " + e.getMessage());
        }
        return switch (state) {
            case State.Fresh fresh -> throw new IllegalStateException("respond() before begin()");
            case State.Over over -> new ServerStep.Ignored("PSK is over");
            case State.AwaitingSecond(Octets randS) ->
                message instanceof PskMessage.Second second && second.randS().equals(randS)
                        ? prove(second, next)
                        : fail("a " + message.getClass().getSimpleName() + " message in place of the second");
            case State.AwaitingFourth waiting ->
                message instanceof PskMessage.Fourth fourth && fourth.randS().equals(waiting.randS())
                        ? finish(waiting, fourth, typeData)
                        : fail("a " + message.getClass().getSimpleName() + " message in place of the fourth");
        };
    }

    private ServerStep prove(PskMessage.Second second, int next) {
        PskAccounts.Account account = accounts.find(second.peerName());
        Octets expected = account.keys().peerMac(second.peerName(), serverName, second.randS(), second.randP());
        if (!expected.equalsConstantTime(second.mac()) || account.objection().isPresent()) {
            return fail(account.objection().orElse("wrong key of '" + account.identity() + "'"));
        }
        PskKeys.Session session = account.keys().session(second.randP());
        Octets mac = account.keys().serverMac(serverName, second.randP());
        Octets plain = Result.of(Result.Kind.DONE_SUCCESS).encode();
        // The length in the header is known before the tag is.
        Octets draft = PskCodec.encode(new PskMessage.Third(
                second.randS(), mac, new PskMessage.Channel(0, Octets.zeros(PskCodec.MAC), plain)));
        Octets sealed = session.seal(0, PskCodec.header(PskCodec.Code.REQUEST, next, draft), plain);
        state = new State.AwaitingFourth(
                second.randS(),
                session,
                new MethodResult(
                        NAME,
                        Optional.of(account.identity()),
                        Optional.of(session.msk()),
                        Optional.of(sessionId(second))),
                next);
        return new ServerStep.Ask(PskCodec.encode(new PskMessage.Third(
                second.randS(),
                mac,
                new PskMessage.Channel(0, sealed.slice(0, PskCodec.MAC), sealed.from(PskCodec.MAC)))));
    }

    private ServerStep finish(State.AwaitingFourth waiting, PskMessage.Fourth fourth, Octets typeData) {
        if (fourth.channel().nonce() != 1) {
            return fail("nonce " + fourth.channel().nonce() + " in place of 1");
        }
        Octets header = PskCodec.header(PskCodec.Code.RESPONSE, waiting.identifier(), typeData);
        Optional<Octets> opened = waiting.session().open(header, fourth.channel());
        if (opened.isEmpty()) {
            return fail("the tag of PCHANNEL is wrong");
        }
        Result result;
        try {
            result = Result.decode(opened.get());
        } catch (WireException e) {
            return fail("malformed PCHANNEL: " + e.getMessage());
        }
        if (result.kind() != Result.Kind.DONE_SUCCESS) {
            return fail("the peer answers " + result.kind() + " to DONE_SUCCESS");
        }
        state = new State.Over();
        return new ServerStep.Done(waiting.result());
    }

    /** RFC 5247 appendix A: the method's number, RAND_P and RAND_S. */
    static Octets sessionId(PskMessage.Second second) {
        return Octets.concat(Octets.of((int) EapType.PSK.number()), second.randP(), second.randS());
    }

    private ServerStep fail(String reason) {
        state = new State.Over();
        return new ServerStep.Failed(reason);
    }
}
