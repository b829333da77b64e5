package org.homeport.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.homeport.core.registry.PayloadType;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

class MessageRoundTripTest {
    @Test
    void whatIsEncodedIsDecodedAgain() throws WireException {
        RandomMessages messages = new RandomMessages(new Random(7296));
        for (int i = 0; i < 3_000; i++) {
            IkeMessage message = i % 3 == 0 ? messages.closedMessage() : messages.message();
            Octets datagram = MessageEncoder.encode(message.header(), message.payloads());

            IkeMessage decoded = MessageDecoder.decode(datagram);

            assertThat(decoded.payloads()).isEqualTo(message.payloads());
            assertThat(decoded.header()).isEqualTo(filledIn(message, datagram.length()));
            assertThat(MessageEncoder.encode(decoded.header(), decoded.payloads()))
                    .isEqualTo(datagram);
        }
    }

    @Test
    void innerPayloadsRoundTrip() throws WireException {
        RandomMessages messages = new RandomMessages(new Random(7383));
        for (int i = 0; i < 1_000; i++) {
            List<Payload> payloads = messages.payloads();
            Octets plaintext = MessageEncoder.payloads(payloads);

            assertThat(MessageDecoder.payloads(MessageEncoder.typeOfFirst(payloads), plaintext))
                    .isEqualTo(payloads);
        }
    }

    @Test
    void theGeneratorKnowsEveryPayload() {
        RandomMessages messages = new RandomMessages(new Random(1));
        Set<Class<?>> kinds = Stream.concat(
                        Stream.generate(messages::message).limit(500),
                        Stream.generate(messages::closedMessage).limit(50))
                .flatMap(m -> m.payloads().stream())
                .map(Object::getClass)
                .collect(Collectors.toSet());

        assertThat(kinds).containsExactlyInAnyOrder(Payload.class.getPermittedSubclasses());
    }

    private static IkeHeader filledIn(IkeMessage message, int length) {
        IkeHeader header = message.header();
        PayloadType next = MessageEncoder.typeOfFirst(message.payloads());
        return new IkeHeader(
                header.spiInitiator(),
                header.spiResponder(),
                next,
                header.version(),
                header.exchange(),
                header.flags(),
                header.messageId(),
                length);
    }
}
