package org.homeport.testbeds.radius;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.aaa.AaaBackend;
import org.homeport.aaa.AaaConversation;
import org.homeport.aaa.AaaOpening;
import org.homeport.aaa.AaaReply;
import org.homeport.aaa.ClaimedIdentity;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.MppeKeys;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusAuthenticators;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusCodec;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.eap.IdentityQuestion;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/** A small honest RADIUS server on loopback: the embedded AAA decides, and each State holds for one answer. */
final class GenuineServer implements Closeable {
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final AaaBackend backend;
    private final Secret secret;
    private final RandomSource random;
    private final Map<Octets, AaaConversation> conversations = new HashMap<>();
    private final Map<Octets, Octets> answered = new HashMap<>();

    GenuineServer(AaaBackend backend, Secret secret, RandomSource random) throws IOException {
        this.backend = backend;
        this.secret = secret;
        this.random = random;
        Thread.ofVirtual().start(this::run);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void run() {
        try {
            while (true) {
                DatagramPacket datagram = new DatagramPacket(new byte[5000], 5000);
                socket.receive(datagram);
                Octets request = Octets.copyOf(datagram.getData(), 0, datagram.getLength());
                Octets answer = answered.get(request);
                if (answer == null) {
                    answer = answer(RadiusCodec.decode(request));
                    answered.put(request, answer);
                }
                socket.send(new DatagramPacket(answer.toByteArray(), answer.length(), datagram.getSocketAddress()));
            }
        } catch (IOException e) {
            // Closed.
        } catch (WireException e) {
            throw new IllegalStateException(e);
        }
    }

    private Octets answer(RadiusPacket request) {
        if (!RadiusAuthenticators.isAccessRequestAuthentic(request, secret)) {
            throw new IllegalStateException("a request that is not authentic");
        }
        Octets eap = request.eapMessage().orElseThrow();
        Optional<Octets> state = request.first(AttributeType.STATE).map(RadiusAttribute::value);
        if (state.isEmpty()) {
            AaaConversation conversation = backend.open(new AaaOpening(
                    "server",
                    ClaimedIdentity.nai(request.first(AttributeType.USER_NAME)
                            .orElseThrow()
                            .value()
                            .utf8()),
                    IdentityQuestion.SKIP,
                    Optional.empty(),
                    OptionalInt.of(eap.at(1))));
            return answer(
                    request,
                    conversation,
                    conversation.begin().toCompletableFuture().join());
        }
        AaaConversation conversation = conversations.remove(state.get());
        return conversation == null
                ? respond(request, RadiusCode.ACCESS_REJECT, Overheard.failure(eap.at(1)))
                : answer(
                        request,
                        conversation,
                        conversation.answer(eap).toCompletableFuture().join());
    }

    private Octets answer(RadiusPacket request, AaaConversation conversation, AaaReply reply) {
        return switch (reply) {
            case AaaReply.Continue next -> {
                Octets state = random.octets(8);
                conversations.put(state, conversation);
                List<RadiusAttribute> attributes = new ArrayList<>(RadiusPacket.eapMessage(next.packet()));
                attributes.add(new RadiusAttribute(AttributeType.STATE, state));
                yield respond(request, RadiusCode.ACCESS_CHALLENGE, attributes);
            }
            case AaaReply.Accept accept -> {
                List<RadiusAttribute> attributes =
                        new ArrayList<>(RadiusPacket.eapMessage(accept.packet().orElseThrow()));
                Secret msk = accept.msk().orElseThrow();
                attributes.addAll(new MppeKeys(msk.slice(0, 32), msk.slice(32, 64))
                        .toAttributes(request.authenticator(), secret, random));
                yield respond(request, RadiusCode.ACCESS_ACCEPT, attributes);
            }
            case AaaReply.Reject reject ->
                respond(
                        request,
                        RadiusCode.ACCESS_REJECT,
                        RadiusPacket.eapMessage(reject.packet().orElseThrow()));
            case AaaReply.Unavailable unavailable -> throw new IllegalStateException(unavailable.reason());
        };
    }

    private Octets respond(RadiusPacket request, RadiusCode code, List<RadiusAttribute> attributes) {
        return RadiusAuthenticators.response(code, request.identifier(), request.authenticator(), attributes, secret);
    }
}
