package org.homeport.eap.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.homeport.eap.PeerStep;
import org.homeport.eap.ServerStep;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

class EapTlsFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void whatIsReadIsWrittenToTheSameMeaning(byte[] data) {
        EapTlsFrame frame;
        try {
            frame = EapTlsCodec.decode(Octets.copyOf(data));
        } catch (WireException e) {
            return;
        }
        Octets written = EapTlsCodec.encode(frame);
        // Reserved bits are not kept.
        assertThat(written).isEqualTo(Octets.of(data[0] & 0xe7).plus(Octets.copyOf(data, 1, data.length)));
    }

    @FuzzTest(maxDuration = "60s")
    void fragmentsMakeBoundedMessages(FuzzedDataProvider data) {
        EapTlsFragments fragments = new EapTlsFragments(0, 64);
        while (data.remainingBytes() > 0) {
            if (data.consumeInt(0, 7) == 0) {
                fragments.send(Octets.wrap(data.consumeBytes(200)));
            }
            if (fragments.take(typeData(data)) instanceof EapTlsFragments.Arrival.Message(int version, Octets tls)) {
                assertThat(tls.length()).isBetween(1, EapTlsFragments.MAX_MESSAGE);
                assertThat(version).isBetween(0, 7);
            }
        }
    }

    @FuzzTest(maxDuration = "60s")
    void serverIsNotTalkedRound(FuzzedDataProvider data) {
        TlsVersion version = data.pickValue(TlsVersion.values());
        TlsServer server = serverAt(data.consumeInt(0, 1), version);
        while (data.remainingBytes() > 0) {
            assertThat(server.respond(typeData(data), 2)).isNotInstanceOf(ServerStep.Done.class);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void peerIsNotTalkedRound(FuzzedDataProvider data) {
        TlsVersion version = data.pickValue(TlsVersion.values());
        TlsPeer peer = peerAt(data.consumeInt(0, 2), version);
        while (data.remainingBytes() > 0) {
            notContent(peer.handle(typeData(data), 1));
        }
    }

    @FuzzTest(maxDuration = "60s")
    void certificatesAreReadOrRefused(byte[] data) {
        certificate(Octets.copyOf(data));
    }

    /** The same without a fuzzer: a good certificate with a few octets changed. */
    @Test
    void brokenCertificatesAreReadOrRefused() {
        Octets good = EapTls.CLIENT.der().getFirst();
        assertThat(certificate(good)).isTrue();
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = good.toByteArray();
            for (int i = random.nextInt(3); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Octets broken = Octets.wrap(bytes);
            assertThat(broken.equals(good) || !certificate(broken))
                    .as("seed %s", seed)
                    .isTrue();
        }
    }

    /** Whether it is believed. */
    private static boolean certificate(Octets der) {
        try {
            X509Certificate certificate = X509Octets.parse(der);
            PeerCertificate.of(certificate);
            new PathCheck(EapTls.CA.anchors(), PathCheck.Purpose.CLIENT).check(List.of(certificate), TestCa.NOW);
            return true;
        } catch (CertificateException | CertificateRefusedException e) {
            return false;
        }
    }

    /** The same without a fuzzer: noise of all lengths in every state, as it is and inside a TLS record. */
    @Test
    void noiseInEveryStateIsNothing() {
        for (int seed = 0; seed < 120; seed++) {
            Random random = new Random(seed);
            TlsVersion version = TlsVersion.values()[seed & 1];
            TlsServer server = serverAt(seed % 2, version);
            TlsPeer peer = peerAt(seed % 3, version);
            for (int i = 0; i < 4; i++) {
                Octets noise = noise(random);
                assertThat(server.respond(noise, 2)).isNotInstanceOf(ServerStep.Done.class);
                notContent(peer.handle(noise, 1));
            }
        }
    }

    private static Octets noise(Random random) {
        Octets body = RandomSource.of(random).octets(random.nextInt(1, 400));
        if (random.nextBoolean()) {
            return body;
        }
        int[] handshakeTypes = {1, 2, 4, 8, 11, 12, 13, 14, 15, 16, 20, 24};
        Octets message = Octets.of(
                        handshakeTypes[random.nextInt(handshakeTypes.length)], 0, body.length() >> 8, body.length())
                .plus(body);
        return Octets.of(0, random.nextInt(20, 25), 3, 3, message.length() >> 8, message.length())
                .plus(message);
    }

    /** In TLS 1.3 the peer waits for the success indication in the last state, in TLS 1.2 for the server's Finished. */
    private static void notContent(PeerStep step) {
        if (step instanceof PeerStep.Answer answer) {
            assertThat(answer.standing())
                    .isInstanceOfAny(PeerStep.Standing.Undecided.class, PeerStep.Standing.Lost.class);
        }
    }

    private static TlsServer serverAt(int flights, TlsVersion version) {
        TlsServer server = EapTls.server(EapTls.serverSide(EapTls.SERVER, EapTls.CA, version), 0xff00);
        server.begin(1);
        if (flights > 0) {
            Octets hello = EapTls.peer(version).handle(Octets.of(0x20), 1) instanceof PeerStep.Answer answer
                    ? answer.typeData()
                    : Octets.EMPTY;
            server.respond(hello, 2);
        }
        return server;
    }

    private static TlsPeer peerAt(int flights, TlsVersion version) {
        TlsServer server = EapTls.server(EapTls.serverSide(EapTls.SERVER, EapTls.CA, version), 0xff00);
        TlsPeer peer = EapTls.peer(version);
        ServerStep step = server.begin(1);
        for (int i = 0; i < flights; i++) {
            PeerStep.Answer answer = (PeerStep.Answer) peer.handle(((ServerStep.Ask) step).typeData(), i);
            step = server.respond(answer.typeData(), i);
        }
        return peer;
    }

    /** Half of the time with a header that fits. */
    private static Octets typeData(FuzzedDataProvider data) {
        Octets body = Octets.wrap(data.consumeBytes(data.consumeInt(0, 400)));
        if (data.consumeBoolean()) {
            return body;
        }
        EapTlsFrame.More more = data.pickValue(EapTlsFrame.More.values());
        OptionalLong total = data.consumeBoolean() ? OptionalLong.of(data.consumeInt(0, 1000)) : OptionalLong.empty();
        return EapTlsCodec.encode(new EapTlsFrame(total, more, EapTlsFrame.Start.RUNNING, 0, body));
    }
}
