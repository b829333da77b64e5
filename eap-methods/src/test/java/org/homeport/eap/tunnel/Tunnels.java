package org.homeport.eap.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.homeport.eap.AuthenticatorStep;
import org.homeport.eap.Conversation;
import org.homeport.eap.EapAuthenticator;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapPeer;
import org.homeport.eap.EapType;
import org.homeport.eap.IdentityQuestion;
import org.homeport.eap.MethodOffer;
import org.homeport.eap.Methods;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerStep;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.ServerStep;
import org.homeport.eap.gtc.GtcServer;
import org.homeport.eap.gtc.PasswordCheck;
import org.homeport.eap.tls.ClientCertificate;
import org.homeport.eap.tls.TestCa;
import org.homeport.eap.tls.TlsClientSettings;
import org.homeport.eap.tls.TlsClientSide;
import org.homeport.eap.tls.TlsServerSettings;
import org.homeport.eap.tls.TlsServerSide;
import org.homeport.eap.tls.TlsVersion;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** Tunnels of both sides, as tests want them; inside, "mn1" has the password "secret". */
public final class Tunnels {
    public static final TestCa CA = TestCa.root("Test Root", TestCa.Kind.P256);
    public static final TestCa.Issued SERVER = CA.issue(TestCa.server("aaa.example.org"));
    public static final RandomSource RANDOM = Methods.random(31);

    private Tunnels() {}

    public static TlsServerSide serverSide(TlsVersion version) {
        return serverSide(SERVER, version);
    }

    public static TlsServerSide serverSide(TestCa.Issued own, TlsVersion version) {
        return new TlsServerSide(
                new TlsServerSettings(own.certifiedKey(), new ClientCertificate.NotAsked(), Set.of(version)),
                TestCa.CLOCK,
                RANDOM);
    }

    public static TlsClientSide clientSide(TlsVersion version) {
        return new TlsClientSide(
                new TlsClientSettings(Optional.empty(), CA.anchors(), Set.of("aaa.example.org"), Set.of(version)),
                TestCa.CLOCK,
                RANDOM);
    }

    public static PasswordCheck.Verdict verdict(Secret password) {
        return new PasswordCheck.Verdict(
                "mn1",
                password.equals(Secret.utf8("secret")) ? Optional.empty() : Optional.of("wrong password for 'mn1'"));
    }

    public static MethodOffer gtc() {
        return new MethodOffer(EapType.GTC, () -> new GtcServer(Tunnels::verdict));
    }

    public static Conversation converse(ServerMethod server, PeerMethod peer) {
        return new Conversation(authenticator(server), eapPeer(peer)).run();
    }

    public static EapAuthenticator authenticator(ServerMethod server) {
        return new EapAuthenticator(
                claimed -> List.of(new MethodOffer(server.type(), () -> server)),
                IdentityQuestion.ASK,
                Optional.empty(),
                new EapLimits(200, 4096),
                RANDOM);
    }

    public static EapPeer eapPeer(PeerMethod peer) {
        return new EapPeer(Octets.utf8("anonymous@example.org"), List.of(peer), new EapLimits(200, 4096));
    }

    /** Both sides after a handshake. */
    public record Established(TlsClientSide client, TlsServerSide server) {}

    public static Established established(TlsVersion version) {
        Established sides = new Established(clientSide(version), serverSide(version));
        sides.server().begin();
        Octets flight = sides.client().begin().toSend();
        while (!flight.isEmpty()) {
            Octets answer = sides.server().receive(flight).toSend();
            flight = answer.isEmpty()
                    ? Octets.EMPTY
                    : sides.client().receive(answer).toSend();
        }
        return sides;
    }

    /** An EAP-Success after every answer of the peer but the last: it is believed never. */
    public static void earlySuccessIsNotBelieved(Supplier<ServerMethod> servers, Supplier<PeerMethod> peers) {
        int rounds = rounds(servers.get(), peers.get());
        for (int stop = 1; stop < rounds; stop++) {
            ServerMethod server = servers.get();
            EapPeer machine = eapPeer(peers.get());
            ServerStep step = server.begin(1);
            for (int round = 1; round <= stop; round++) {
                Octets typeData = ((ServerStep.Ask) step).typeData();
                Octets request = EapCodec.encode(new EapPacket.Request(round, server.type(), typeData));
                PeerTurn.Send sent = (PeerTurn.Send) machine.handle(request);
                step = server.respond(sent.response().from(5), round + 1);
            }
            assertThat(machine.handle(EapCodec.encode(new EapPacket.Success(stop))))
                    .as("after answer %s of %s", stop, rounds)
                    .isInstanceOf(PeerTurn.Ignored.class);
        }
    }

    private static int rounds(ServerMethod server, PeerMethod peer) {
        ServerStep step = server.begin(1);
        int rounds = 0;
        while (step instanceof ServerStep.Ask ask) {
            PeerStep.Answer answer = (PeerStep.Answer) peer.handle(ask.typeData(), ++rounds);
            step = server.respond(answer.typeData(), rounds + 1);
        }
        assertThat(step).isInstanceOf(ServerStep.Done.class);
        return rounds;
    }

    public static String refused(Conversation conversation) {
        return ((AuthenticatorStep.Refused) conversation.authenticatorEnd().orElseThrow()).reason();
    }

    public static String failed(Conversation conversation) {
        return ((PeerTurn.Failed) conversation.peerEnd().orElseThrow()).reason();
    }
}
