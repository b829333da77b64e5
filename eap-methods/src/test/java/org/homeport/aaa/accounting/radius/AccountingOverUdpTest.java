package org.homeport.aaa.accounting.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.homeport.aaa.accounting.AccountingRecord;
import org.homeport.aaa.accounting.AccountingSink.Delivery;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAuthenticators;
import org.homeport.aaa.radius.RadiusClient;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusCodec;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.aaa.radius.RadiusServerSettings;
import org.homeport.aaa.radius.eap.NasSettings;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

/** Accounting-Requests over a real socket. */
class AccountingOverUdpTest {
    private static final Secret SECRET = Secret.utf8("testing123");

    private static RadiusServerSettings server(int port, Duration wait) {
        Endpoint at = new Endpoint(IpAddress.parse("127.0.0.1"), port);
        return new RadiusServerSettings(
                "home1",
                at,
                at,
                new RadiusServerSettings.Transport.Udp(SECRET),
                Optional.empty(),
                List.of(wait),
                Duration.ZERO,
                RadiusServerSettings.Probing.NONE);
    }

    private static RadiusAccountingSink sink(RadiusClient client) {
        return RadiusAccountingSink.over(
                new NasSettings(
                        "ha.example.org",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        1120,
                        OptionalLong.empty()),
                client,
                Map.of("home", List.of("home1")));
    }

    private static RadiusPacket receive(DatagramSocket socket, DatagramPacket datagram) throws Exception {
        socket.receive(datagram);
        RadiusPacket packet = RadiusCodec.decode(Octets.copyOf(datagram.getData(), 0, datagram.getLength()));
        assertThat(packet.code()).isEqualTo(RadiusCode.ACCOUNTING_REQUEST);
        assertThat(RadiusAuthenticators.isRequestAuthentic(packet, SECRET)).isTrue();
        return packet;
    }

    @Test
    void recordIsDeliveredOnceAServerSaysSo() throws Exception {
        AccountingRecord record = new AccountingRecord.On("b007", Optional.of("home"), Instant.ofEpochSecond(1));
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(10_000);
            DatagramPacket datagram = new DatagramPacket(new byte[4096], 4096);
            try (RadiusClient client = RadiusClient.open(
                    List.of(server(socket.getLocalPort(), Duration.ofMillis(100))), RandomSource.of(new Random(1)))) {
                CompletableFuture<Delivery> silent =
                        sink(client).deliver("home", record, Duration.ZERO).toCompletableFuture();
                RadiusPacket first = receive(socket, datagram);
                assertThat(silent.get(10, TimeUnit.SECONDS)).isInstanceOf(Delivery.Failed.class);
                assertThat(first.first(AttributeType.ACCT_DELAY_TIME)
                                .orElseThrow()
                                .integer())
                        .isZero();
            }
            try (RadiusClient client = RadiusClient.open(
                    List.of(server(socket.getLocalPort(), Duration.ofSeconds(10))), RandomSource.of(new Random(2)))) {
                CompletableFuture<Delivery> answered = sink(client)
                        .deliver("home", record, Duration.ofSeconds(30))
                        .toCompletableFuture();
                RadiusPacket second = receive(socket, datagram);
                assertThat(second.first(AttributeType.ACCT_DELAY_TIME)
                                .orElseThrow()
                                .integer())
                        .isEqualTo(30);
                byte[] response = RadiusAuthenticators.accountingResponse(
                                second.identifier(), second.authenticator(), List.of(), SECRET)
                        .toByteArray();
                socket.send(new DatagramPacket(response, response.length, datagram.getSocketAddress()));
                assertThat(answered.get(10, TimeUnit.SECONDS)).isEqualTo(new Delivery.Delivered());
            }
        }
    }
}
