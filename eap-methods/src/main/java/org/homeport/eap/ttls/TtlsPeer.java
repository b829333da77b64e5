package org.homeport.eap.ttls;

import java.util.List;
import java.util.Optional;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapPeer;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerStep.Standing;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.mschapv2.MschapV2Proof;
import org.homeport.eap.mschapv2.NtHash;
import org.homeport.eap.tls.EapTlsFragments;
import org.homeport.eap.tls.TlsClientSide;
import org.homeport.eap.tunnel.InnerPeer;
import org.homeport.eap.tunnel.TunnelKind;
import org.homeport.eap.tunnel.TunnelPeer;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/**
 * What a peer says inside TTLS (RFC 5281 section 11.2). It is content after PAP once the password is sent, after
 * MS-CHAP-V2 once the server has proved that it knows it, after EAP as the inner method says.
 */
public final class TtlsPeer implements InnerPeer {
    private static final int VERSION = 0;

    /** "I have no more to say", in TLS 1.3 (RFC 9190 section 2.5), which servers carry over to TTLS. */
    private static final Octets SUCCESS_INDICATION = Octets.of(0);

    private final TtlsCredential credential;
    private final RandomSource random;
    private State state = new State.Fresh();

    private sealed interface State {
        record Fresh() implements State {}

        record PasswordSent() implements State {}

        record AwaitingSuccess(int ident, MschapV2Proof proof) implements State {}

        record InEap(EapPeer peer) implements State {}

        record Over() implements State {}
    }

    TtlsPeer(TtlsCredential credential, RandomSource random) {
        this.credential = credential;
        this.random = random;
    }

    /**
     * Makes the method for one conversation.
     *
     * @param fragment the longest type data to be sent, in octets
     */
    public static PeerMethod of(TlsClientSide side, int fragment, TtlsCredential credential, RandomSource random) {
        return new TunnelPeer(
                TunnelKind.TTLS, side, new EapTlsFragments(VERSION, fragment), new TtlsPeer(credential, random));
    }

    @Override
    public Step begin(TlsClientSide side, int identifier) {
        return switch (credential) {
            case TtlsCredential.Pap(String name, Secret password) -> pap(name, password);
            case TtlsCredential.MschapV2(String name, NtHash password) ->
                mschapV2(Octets.utf8(name), password, ImplicitChallenge.of(side));
            case TtlsCredential.Eap(EapPeer peer) -> {
                state = new State.InEap(peer);
                // RFC 5281 section 11.2.1: as if an EAP-Request/Identity had been received.
                yield eap(peer, EapCodec.encode(new EapPacket.Request(0, EapType.IDENTITY, Octets.EMPTY)));
            }
        };
    }

    @Override
    public Step take(Octets data, int identifier) {
        return data.equals(SUCCESS_INDICATION) ? indicated() : taken(data);
    }

    private Step indicated() {
        boolean content = state instanceof State.PasswordSent || state instanceof State.Over;
        if (state instanceof State.InEap(EapPeer peer)) {
            content = Opinion.of(peer.standing()) instanceof Opinion.Content;
        }
        return content
                ? new Step.Say(Octets.EMPTY, new Opinion.Content())
                : new Step.Failed("the server calls it a success before anything was proved");
    }

    private Step taken(Octets data) {
        List<Avp> avps;
        try {
            avps = AvpCodec.decode(data);
        } catch (WireException e) {
            return new Step.Failed("malformed AVPs: " + e.getMessage());
        }
        Optional<Avp> beyond = Avp.beyondUs(avps);
        if (beyond.isPresent()) {
            return new Step.Failed("the server insists on " + beyond.get() + ", which is unknown here");
        }
        return switch (state) {
            case State.AwaitingSuccess(int ident, MschapV2Proof proof) -> verify(avps, ident, proof);
            case State.InEap(EapPeer peer) ->
                Avp.find(avps, Avp.Kind.EAP_MESSAGE)
                        .map(packet -> eap(peer, packet))
                        .orElseGet(() -> new Step.Failed("AVPs without EAP-Message in the midst of inner EAP"));
            case State.PasswordSent sent ->
                new Step.Failed("PAP: the server asks for more than the password"
                        + Avp.find(avps, Avp.Kind.REPLY_MESSAGE)
                                .map(text -> ": " + text.utf8().replaceAll("\\p{Cntrl}", " "))
                                .orElse(""));
            case State.Over over -> new Step.Failed("AVPs after all was said");
            case State.Fresh fresh -> throw new IllegalStateException("take() before begin()");
        };
    }

    private Step pap(String name, Secret password) {
        state = new State.PasswordSent();
        return new Step.Say(
                AvpCodec.encode(List.of(
                        Avp.mandatory(Avp.Kind.USER_NAME, Octets.utf8(name)),
                        Avp.mandatory(Avp.Kind.USER_PASSWORD, ChapAvpCodec.padded(password.expose())))),
                new Opinion.Content());
    }

    private Step mschapV2(Octets name, NtHash password, ImplicitChallenge implicit) {
        Octets peerChallenge = random.octets(16);
        MschapV2Proof proof = MschapV2Proof.of(password, implicit.challenge(), peerChallenge, name);
        state = new State.AwaitingSuccess(implicit.ident(), proof);
        Octets response =
                ChapAvpCodec.encode(new ChapAvpCodec.Response(implicit.ident(), peerChallenge, proof.ntResponse()));
        return new Step.Say(
                AvpCodec.encode(List.of(
                        Avp.mandatory(Avp.Kind.USER_NAME, name),
                        Avp.mandatory(Avp.Kind.MS_CHAP_CHALLENGE, implicit.challenge()),
                        Avp.mandatory(Avp.Kind.MS_CHAP2_RESPONSE, response))),
                new Opinion.Undecided());
    }

    /** RFC 5281 section 11.2.4: if it is right, the answer is "no data". */
    private Step verify(List<Avp> avps, int ident, MschapV2Proof proof) {
        proof.msk().close();
        state = new State.Over();
        Optional<Octets> success = Avp.find(avps, Avp.Kind.MS_CHAP2_SUCCESS);
        if (success.isEmpty()) {
            return new Step.Failed(Avp.find(avps, Avp.Kind.MS_CHAP_ERROR)
                    .map(error -> "the server refuses: " + error.utf8().replaceAll("\\p{Cntrl}", " "))
                    .orElse("MSCHAPv2: neither MS-CHAP2-Success nor MS-CHAP-Error"));
        }
        try {
            ChapAvpCodec.Success said = ChapAvpCodec.decodeSuccess(success.get());
            boolean proved = proof.authenticatorResponse().equalsConstantTime(said.authenticatorResponse());
            return proved && said.ident() == ident
                    ? new Step.Say(Octets.EMPTY, new Opinion.Content())
                    : new Step.Failed("the server does not know the password: its authenticator response is wrong");
        } catch (WireException e) {
            return new Step.Failed("malformed MS-CHAP2-Success: " + e.getMessage());
        }
    }

    private Step eap(EapPeer peer, Octets packet) {
        return switch (peer.handle(packet)) {
            case PeerTurn.Send send -> {
                forget(peer.standing());
                yield new Step.Say(
                        AvpCodec.encode(List.of(Avp.mandatory(Avp.Kind.EAP_MESSAGE, send.response()))),
                        Opinion.of(peer.standing()));
            }
            case PeerTurn.Accepted accepted -> {
                state = new State.Over();
                yield new Step.Say(Octets.EMPTY, new Opinion.Content());
            }
            case PeerTurn.Failed failed -> new Step.Failed("inner EAP: " + failed.reason());
            case PeerTurn.Ignored ignored -> new Step.Failed("inner EAP: " + ignored.reason());
        };
    }

    /** The tunnel's keys are the ones that count. */
    private static void forget(Standing standing) {
        switch (standing) {
            case Standing.Content(MethodResult result) -> result.msk().ifPresent(Secret::close);
            case Standing.Agreed(MethodResult result) -> result.msk().ifPresent(Secret::close);
            case Standing.Undecided undecided -> {}
            case Standing.Lost lost -> {}
        }
    }
}
