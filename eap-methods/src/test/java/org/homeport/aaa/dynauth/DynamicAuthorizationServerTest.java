package org.homeport.aaa.dynauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.homeport.aaa.dynauth.DynamicAuthorizationSettings.Client;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusAuthenticators;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusCodec;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

class DynamicAuthorizationServerTest {
    private static final Secret SECRET = Secret.utf8("between us");

    private static final Sessions ONE_SESSION = new Sessions() {
        @Override
        public CompletionStage<List<SessionView>> living(String client) {
            return CompletableFuture.completedStage(List.of(new SessionView(
                    "7",
                    List.of("alice@example.org"),
                    "boot-7",
                    Optional.empty(),
                    "[2001:db8:77::2]:500",
                    "ha.example.org",
                    List.of(),
                    Optional.empty())));
        }

        @Override
        public CompletionStage<Boolean> disconnect(String id) {
            return CompletableFuture.completedStage(true);
        }

        @Override
        public CompletionStage<Boolean> change(String id, Change change) {
            return CompletableFuture.completedStage(true);
        }
    };

    /** RADIUS packets have up to 4,096 octets (RFC 2865 section 3). */
    @Test
    void longOrdersArriveWhole() throws Exception {
        List<RadiusAttribute> attributes = new ArrayList<>();
        attributes.add(RadiusAttribute.text(AttributeType.USER_NAME, "alice@example.org"));
        attributes.add(RadiusAttribute.integer(
                AttributeType.EVENT_TIMESTAMP, InstantSource.system().instant().getEpochSecond()));
        for (int proxy = 0; proxy < 15; proxy++) {
            attributes.add(new RadiusAttribute(AttributeType.PROXY_STATE, Octets.zeros(250)));
        }
        byte[] order = RadiusAuthenticators.dynamicRequest(RadiusCode.DISCONNECT_REQUEST, 1, attributes, SECRET)
                .toByteArray();
        assertThat(order.length).isBetween(3_800, RadiusPacket.MAX_OCTETS);
        DynamicAuthorizationSettings settings = new DynamicAuthorizationSettings(
                List.of(new Endpoint(IpAddress.parse("127.0.0.1"), 0)),
                List.of(new Client("home", List.of(IpPrefix.parse("127.0.0.0/8")), SECRET)),
                Duration.ofMinutes(5),
                new NasIdentity("ha", List.of()));
        try (DynamicAuthorizationServer server =
                        DynamicAuthorizationServer.open(settings, ONE_SESSION, InstantSource.system());
                DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.setSoTimeout(5_000);
            client.send(new DatagramPacket(
                    order, order.length, server.listening().getFirst().toSocketAddress()));
            DatagramPacket answer = new DatagramPacket(new byte[RadiusPacket.MAX_OCTETS], RadiusPacket.MAX_OCTETS);
            client.receive(answer);
            RadiusPacket packet = RadiusCodec.decode(Octets.wrap(Arrays.copyOf(answer.getData(), answer.getLength())));
            assertThat(packet.code()).isEqualTo(RadiusCode.DISCONNECT_ACK);
            assertThat(packet.all(AttributeType.PROXY_STATE)).hasSize(15);
        }
    }
}
