package org.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.homeport.core.endpoint.EndpointPolicy;
import org.homeport.core.endpoint.IkeEndpoint;
import org.homeport.core.endpoint.Routing;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.MessageDecoder;
import org.homeport.core.message.MessageEncoder;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.crypto.HomeportCrypto;
import org.homeport.crypto.LegacyAlgorithms;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.junit.jupiter.api.Test;

final class RouterTest {
    private static final RandomSource RANDOM = RandomSource.of(new SecureRandom());

    private final Router router =
            Router.of(new IkeEndpoint(EndpointPolicy.defaults(), new HomeportCrypto(LegacyAlgorithms.REFUSE), RANDOM));

    @Test
    void requestForASpiThatNobodyHasIsToldSo() throws Exception {
        Octets request = MessageEncoder.encode(
                IkeHeader.of(0x11, 0x2203, ExchangeType.INFORMATIONAL, IkeHeader.INITIATOR, 7), List.of());
        assertThat(router.route(Samples.PATH, request, 0, Instant.EPOCH)).isEqualTo(new Routing.ToSession(0x2203));
        Octets answer = router.unknownSpiAnswer(request).orElseThrow();
        assertThat(MessageDecoder.header(answer).isResponse()).isTrue();
        assertThat(MessageDecoder.decode(answer).payloads())
                .containsExactly(Payload.Notify.of(NotifyType.INVALID_IKE_SPI));
    }

    @Test
    void responsesAndRubbishAreNotAnswered() {
        Octets response = MessageEncoder.encode(
                IkeHeader.of(0x11, 0x2203, ExchangeType.INFORMATIONAL, IkeHeader.RESPONSE, 7), List.of());
        assertThat(router.unknownSpiAnswer(response)).isEmpty();
        assertThat(router.unknownSpiAnswer(Octets.of(1, 2, 3))).isEmpty();
        assertThat(router.route(Samples.PATH, Octets.EMPTY, 0, Instant.EPOCH)).isInstanceOf(Routing.Drop.class);
    }
}
