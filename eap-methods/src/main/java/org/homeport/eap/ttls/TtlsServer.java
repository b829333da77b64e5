package org.homeport.eap.ttls;

import java.util.List;
import java.util.Optional;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.gtc.PasswordCheck;
import org.homeport.eap.mschapv2.MschapV2Accounts;
import org.homeport.eap.mschapv2.MschapV2Proof;
import org.homeport.eap.tls.EapTlsFragments;
import org.homeport.eap.tls.TlsOverEap;
import org.homeport.eap.tls.TlsServerSide;
import org.homeport.eap.tls.TlsSide;
import org.homeport.eap.tunnel.InnerEap;
import org.homeport.eap.tunnel.InnerServer;
import org.homeport.eap.tunnel.TunnelKind;
import org.homeport.eap.tunnel.TunnelServer;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/** What a server says inside TTLS: the peer's first AVPs tell how it proves itself (RFC 5281 section 11.2). */
public final class TtlsServer implements InnerServer {
    public static final String NAME = TunnelKind.TTLS.name();

    private static final int VERSION = 0;

    private final TtlsAccounts accounts;
    private final RandomSource random;
    private State state = new State.AwaitingFirst();

    private sealed interface State {
        record AwaitingFirst() implements State {}

        /** The peer said nothing so far, and was told to go on. */
        record Urged() implements State {}

        /** Our proof is out; no data in return says that it was taken. */
        record AwaitingAcceptance(String identity) implements State {}

        record InEap(InnerEap eap) implements State {}

        record Over() implements State {}
    }

    TtlsServer(TtlsAccounts accounts, RandomSource random) {
        this.accounts = accounts;
        this.random = random;
    }

    /**
     * Makes the method for one conversation.
     *
     * @param fragment the longest type data to be sent, in octets
     */
    public static ServerMethod of(TlsServerSide side, int fragment, TtlsAccounts accounts, RandomSource random) {
        return new TunnelServer(
                TunnelKind.TTLS,
                new TlsOverEap(side, new EapTlsFragments(VERSION, fragment)),
                new TtlsServer(accounts, random));
    }

    @Override
    public Step silence(int nextIdentifier) {
        return switch (state) {
            case State.AwaitingFirst first -> {
                state = new State.Urged();
                yield new Step.Say(Octets.EMPTY);
            }
            case State.AwaitingAcceptance(String identity) -> done(Optional.of(identity));
            case State.Urged urged -> fail("the peer says nothing inside the tunnel");
            case State.InEap eap -> fail("the peer says nothing in the midst of inner EAP");
            case State.Over over -> fail("TTLS is over");
        };
    }

    @Override
    public Step take(Octets data, TlsSide side, int nextIdentifier) {
        List<Avp> avps;
        try {
            avps = AvpCodec.decode(data);
        } catch (WireException e) {
            return fail("malformed AVPs: " + e.getMessage());
        }
        Optional<Avp> beyond = Avp.beyondUs(avps);
        if (beyond.isPresent()) {
            return fail("the peer insists on " + beyond.get() + ", which is unknown here");
        }
        return switch (state) {
            case State.AwaitingFirst first -> first(avps, side);
            case State.Urged urged -> first(avps, side);
            case State.InEap(InnerEap eap) ->
                Avp.find(avps, Avp.Kind.EAP_MESSAGE)
                        .map(packet -> eap(eap, packet))
                        .orElseGet(() -> fail("AVPs without EAP-Message in the midst of inner EAP"));
            case State.AwaitingAcceptance waiting -> fail("AVPs in place of an empty packet");
            case State.Over over -> fail("AVPs after all was said");
        };
    }

    private Step first(List<Avp> avps, TlsSide side) {
        Optional<Octets> packet = Avp.find(avps, Avp.Kind.EAP_MESSAGE);
        if (packet.isPresent()) {
            InnerEap eap = new InnerEap(accounts.eap(), random);
            state = new State.InEap(eap);
            return eap(eap, packet.get());
        }
        Optional<Octets> name = Avp.find(avps, Avp.Kind.USER_NAME);
        if (name.isEmpty()) {
            return fail("neither User-Name nor EAP-Message");
        }
        Optional<Octets> password = Avp.find(avps, Avp.Kind.USER_PASSWORD);
        if (password.isPresent()) {
            return pap(name.get(), password.get());
        }
        return Avp.find(avps, Avp.Kind.MS_CHAP2_RESPONSE)
                .map(response -> mschapV2(
                        name.get(), response, Avp.find(avps, Avp.Kind.MS_CHAP_CHALLENGE), ImplicitChallenge.of(side)))
                .orElseGet(() -> fail("none of User-Password, MS-CHAP2-Response and EAP-Message"));
    }

    private Step pap(Octets name, Octets padded) {
        if (padded.length() > PasswordCheck.MAX_PASSWORD) {
            return fail("a password of " + padded.length() + " octets");
        }
        PasswordCheck.Verdict verdict;
        try (Secret password = Secret.copyOf(ChapAvpCodec.unpadded(padded))) {
            verdict = accounts.pap().check(name, password);
        }
        return verdict.objection().map(this::fail).orElseGet(() -> done(Optional.of(verdict.identity())));
    }

    /** RFC 5281 section 11.2.4: "If either item does not match exactly, the TTLS server MUST reject the client." */
    private Step mschapV2(Octets name, Octets data, Optional<Octets> challenge, ImplicitChallenge implicit) {
        ChapAvpCodec.Response response;
        try {
            response = ChapAvpCodec.decodeResponse(data);
        } catch (WireException e) {
            return fail("malformed MS-CHAP2-Response: " + e.getMessage());
        }
        if (challenge.filter(implicit.challenge()::equals).isEmpty() || response.ident() != implicit.ident()) {
            return fail("MSCHAPv2: challenge or ident is not the tunnel's");
        }
        MschapV2Accounts.Account account = accounts.mschapV2().find(name);
        MschapV2Proof proof =
                MschapV2Proof.of(account.password(), implicit.challenge(), response.peerChallenge(), name);
        proof.msk().close();
        boolean proved = proof.ntResponse().equalsConstantTime(response.ntResponse());
        if (!proved || account.objection().isPresent()) {
            return fail(account.objection().orElse("wrong password for '" + account.identity() + "'"));
        }
        state = new State.AwaitingAcceptance(account.identity());
        return new Step.Say(AvpCodec.encode(List.of(Avp.mandatory(
                Avp.Kind.MS_CHAP2_SUCCESS,
                ChapAvpCodec.encode(new ChapAvpCodec.Success(implicit.ident(), proof.authenticatorResponse()))))));
    }

    private Step eap(InnerEap eap, Octets packet) {
        return switch (eap.take(packet)) {
            case InnerEap.Outcome.Ask(Octets request, Optional<String> setback) ->
                new Step.Say(AvpCodec.encode(List.of(Avp.mandatory(Avp.Kind.EAP_MESSAGE, request))), setback);
            case InnerEap.Outcome.Done(Optional<String> identity, Optional<Secret> msk) -> {
                // The tunnel's keys are the ones that count.
                msk.ifPresent(Secret::close);
                yield done(identity);
            }
            case InnerEap.Outcome.Failed(String reason) -> fail(reason);
        };
    }

    private Step done(Optional<String> identity) {
        state = new State.Over();
        return new Step.Done(identity);
    }

    private Step fail(String reason) {
        state = new State.Over();
        return new Step.Failed(reason);
    }
}
