package org.homeport.eap.ttls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.Methods;
import org.homeport.eap.mschapv2.MschapV2Accounts;
import org.homeport.eap.tls.TlsVersion;
import org.homeport.eap.tunnel.InnerPeer;
import org.homeport.eap.tunnel.InnerPeer.Opinion;
import org.homeport.eap.tunnel.InnerServer;
import org.homeport.eap.tunnel.Tunnels;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

/** What is said inside TTLS, without EAP around it. */
class TtlsFuzzTest {
    private static final Tunnels.Established TUNNEL = Tunnels.established(TlsVersion.TLS_1_2);
    private static final Avp.Kind[] KINDS = Avp.Kind.values();

    @FuzzTest(maxDuration = "60s")
    void serverIsNotTalkedRound(FuzzedDataProvider data) {
        TtlsServer server = server();
        while (data.remainingBytes() > 0) {
            InnerServer.Step step =
                    data.consumeInt(0, 9) == 0 ? server.silence(1) : server.take(said(data), TUNNEL.server(), 1);
            assertThat(step).isNotInstanceOf(InnerServer.Step.Done.class);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void peerIsNotTalkedRound(FuzzedDataProvider data) {
        TtlsPeer peer = peer(data.consumeBoolean() ? eap() : mschapV2());
        while (data.remainingBytes() > 0) {
            InnerPeer.Step step = peer.take(said(data), 1);
            notContent(step);
            if (step instanceof InnerPeer.Step.Failed) {
                return;
            }
        }
    }

    /** The same without a fuzzer: noise, as it is and in AVPs that fit. */
    @Test
    void noiseIsNothing() {
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            TtlsServer server = server();
            TtlsPeer peer = peer(seed % 2 == 0 ? eap() : mschapV2());
            InnerPeer.Step step = new InnerPeer.Step.Say(Octets.EMPTY, new Opinion.Undecided());
            for (int i = 0; i < 3; i++) {
                Octets noise = noise(random);
                assertThat(server.take(noise, TUNNEL.server(), 1)).isNotInstanceOf(InnerServer.Step.Done.class);
                if (!(step instanceof InnerPeer.Step.Failed)) {
                    step = peer.take(noise, 1);
                    notContent(step);
                }
            }
        }
    }

    private static TtlsServer server() {
        return new TtlsServer(
                new TtlsAccounts(
                        (name, password) -> Tunnels.verdict(password),
                        name -> new MschapV2Accounts.Account(name.utf8(), Methods.ntHash("secret"), Optional.empty()),
                        claimed -> List.of(Methods.mschapV2())),
                Tunnels.RANDOM);
    }

    private static TtlsCredential mschapV2() {
        return new TtlsCredential.MschapV2("mn1", Methods.ntHash("secret"));
    }

    private static TtlsCredential eap() {
        return new TtlsCredential.Eap(
                EapPeer.inTunnel(Octets.utf8("mn1"), List.of(Methods.mschapV2Peer("secret")), EapLimits.DEFAULT));
    }

    /** A peer after it has spoken. */
    private static TtlsPeer peer(TtlsCredential credential) {
        TtlsPeer peer = new TtlsPeer(credential, Tunnels.RANDOM);
        notContent(peer.begin(TUNNEL.client(), 1));
        return peer;
    }

    private static void notContent(InnerPeer.Step step) {
        if (step instanceof InnerPeer.Step.Say say) {
            assertThat(say.opinion()).isInstanceOfAny(Opinion.Undecided.class, Opinion.Lost.class);
        }
    }

    private static Octets noise(Random random) {
        byte[] bytes = new byte[random.nextInt(80)];
        random.nextBytes(bytes);
        return random.nextBoolean()
                ? Octets.wrap(bytes)
                : AvpCodec.encode(List.of(Avp.mandatory(KINDS[random.nextInt(KINDS.length)], Octets.wrap(bytes))));
    }

    private static Octets said(FuzzedDataProvider data) {
        if (data.consumeBoolean()) {
            return Octets.wrap(data.consumeBytes(data.consumeInt(0, 200)));
        }
        List<Avp> avps = new ArrayList<>();
        for (int i = data.consumeInt(1, 4); i > 0; i--) {
            avps.add(Avp.mandatory(data.pickValue(KINDS), Octets.wrap(data.consumeBytes(data.consumeInt(0, 80)))));
        }
        return AvpCodec.encode(avps);
    }
}
