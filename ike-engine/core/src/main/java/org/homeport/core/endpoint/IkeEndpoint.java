package org.homeport.core.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.message.Direction;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.IkeMessage;
import org.homeport.core.message.MessageDecoder;
import org.homeport.core.message.MessageEncoder;
import org.homeport.core.message.Payload;
import org.homeport.core.message.PayloadRules;
import org.homeport.core.message.RuleViolation;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.session.Path;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.homeport.kit.WireWriter;

/**
 * Decides where a datagram goes before any session sees it, and answers what can be answered without state: cookies,
 * versions, critical payloads (RFC 7296 sections 2.5, 2.6, 2.21). For a peer that has not proved its return path
 * nothing is kept. Safe for several threads.
 */
public final class IkeEndpoint {
    private static final int SHARD_KEY_LENGTH = 16;

    private final EndpointPolicy policy;
    private final Crypto crypto;
    private final CookieJar cookies;
    private final AnswerBudget budget;
    private final Secret shardSecret;

    public IkeEndpoint(EndpointPolicy policy, Crypto crypto, RandomSource random) {
        this.policy = policy;
        this.crypto = crypto;
        this.cookies = new CookieJar(crypto, random, policy.cookieLifetime());
        this.budget = new AnswerBudget(policy.unprotectedAnswersPerSecond());
        this.shardSecret = Secret.copyOf(random.octets(32));
    }

    /**
     * Routes one datagram.
     *
     * @param datagram an IKE message, the non-ESP marker taken off
     * @param halfOpen how many sessions have begun and not yet authenticated their peer
     */
    public Routing route(Path path, Octets datagram, int halfOpen, Instant now) {
        if (datagram.length() > policy.maxDatagram()) {
            return new Routing.Drop("too long");
        }
        IkeHeader header;
        try {
            header = MessageDecoder.header(datagram);
        } catch (WireException e) {
            return new Routing.Drop("shorter than a header");
        }
        if (header.majorVersion() != 2) {
            return otherVersion(header, now);
        }
        if (header.length() != datagram.length()) {
            return new Routing.Drop("length differs from the header's");
        }
        if (!header.isResponse() && header.spiResponder() == 0) {
            return first(path, header, datagram, halfOpen, now);
        }
        // "an endpoint ... must look at the Initiator flag in the header to determine whether it assigned the first or
        // the second eight octets" (section 2.6).
        long localSpi = header.fromInitiator() ? header.spiResponder() : header.spiInitiator();
        return localSpi == 0 ? new Routing.Drop("no SPI of ours") : new Routing.ToSession(localSpi);
    }

    /**
     * What may be told to the sender of a request whose SPI nobody here knows (section 2.21.4). The caller limits the
     * rate.
     *
     * @return empty for responses and for IKE_SA_INIT: nothing may be answered
     */
    public static Optional<Octets> unknownSpiAnswer(IkeHeader header) {
        if (header.isResponse() || header.exchange().equals(ExchangeType.IKE_SA_INIT) || header.majorVersion() != 2) {
            return Optional.empty();
        }
        return Optional.of(answer(header, Payload.Notify.of(NotifyType.INVALID_IKE_SPI)));
    }

    /** A higher version is told ours, by the header of the answer (sections 1.5 and 2.5); IKEv1 is not spoken here. */
    private Routing otherVersion(IkeHeader header, Instant now) {
        if (header.majorVersion() < 2) {
            return new Routing.Drop("IKEv1");
        }
        if (header.isResponse() || !budget.take(now)) {
            return new Routing.Drop("unknown version");
        }
        return new Routing.Answer(answer(header, Payload.Notify.of(NotifyType.INVALID_MAJOR_VERSION)));
    }

    private Routing first(Path path, IkeHeader header, Octets datagram, int halfOpen, Instant now) {
        boolean opens = header.exchange().equals(ExchangeType.IKE_SA_INIT)
                && header.fromInitiator()
                && header.messageId() == 0
                && header.spiInitiator() != 0;
        if (!opens) {
            return new Routing.Drop("neither of a session nor opening one");
        }
        IkeMessage message;
        try {
            message = MessageDecoder.decode(datagram);
        } catch (WireException e) {
            return new Routing.Drop("malformed IKE_SA_INIT");
        }
        Optional<RuleViolation> violation =
                PayloadRules.check(ExchangeType.IKE_SA_INIT, Direction.REQUEST, message.payloads());
        if (violation.isPresent()) {
            return violation.get() instanceof RuleViolation.UnsupportedCritical critical
                    ? unsupportedCritical(header, critical, now)
                    : new Routing.Drop("IKE_SA_INIT payloads");
        }
        return admit(path, message, halfOpen, now);
    }

    private Routing unsupportedCritical(IkeHeader header, RuleViolation.UnsupportedCritical critical, Instant now) {
        if (!budget.take(now)) {
            return new Routing.Drop("critical payload");
        }
        return new Routing.Answer(answer(
                header,
                Payload.Notify.of(
                        NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD,
                        Octets.of(critical.type().value()))));
    }

    private Routing admit(Path path, IkeMessage message, int halfOpen, Instant now) {
        Optional<Octets> nonce =
                Payload.first(message.payloads(), Payload.Nonce.class).map(Payload.Nonce::data);
        boolean agrees = Payload.first(message.payloads(), Payload.KeyExchange.class)
                .filter(ke -> !ke.data().isEmpty())
                .isPresent();
        if (nonce.isEmpty() || !agrees) {
            return new Routing.Drop("IKE_SA_INIT payloads");
        }
        if (halfOpen >= policy.halfOpenLimit()) {
            return new Routing.Drop("half-open limit");
        }
        long spi = message.header().spiInitiator();
        IpAddress initiator = path.remote().address();
        if (halfOpen >= policy.cookieThreshold()
                && cookieOf(message)
                        .filter(cookie -> cookies.accepts(cookie, spi, initiator, nonce.get(), now))
                        .isEmpty()) {
            Octets cookie = cookies.cookie(spi, initiator, nonce.get(), now);
            return new Routing.Answer(answer(message.header(), Payload.Notify.of(NotifyType.COOKIE, cookie)));
        }
        return new Routing.NewSession(spi, shardKey(spi, initiator, nonce.get()));
    }

    /** It has to be the first payload; anywhere else, or in another shape, it counts as none (section 2.6). */
    private static Optional<Octets> cookieOf(IkeMessage message) {
        return message.payloads().getFirst() instanceof Payload.Notify notify
                        && notify.notifyType().equals(NotifyType.COOKIE)
                ? Optional.of(notify.data())
                : Optional.empty();
    }

    private Octets shardKey(long spi, IpAddress initiator, Octets nonce) {
        Octets request = new WireWriter()
                .bits64(spi)
                .u8(initiator.octets().length())
                .octets(initiator.octets())
                .octets(nonce)
                .toOctets();
        return crypto.hmacSha256(shardSecret, request).slice(0, SHARD_KEY_LENGTH);
    }

    /**
     * "The message is a response message ... the same IKE SPIs and the Message ID and Exchange Type are copied from the
     * request" (section 1.5).
     */
    private static Octets answer(IkeHeader request, Payload.Notify notify) {
        int flags = IkeHeader.RESPONSE | (request.fromInitiator() ? 0 : IkeHeader.INITIATOR);
        return MessageEncoder.encode(
                IkeHeader.of(
                        request.spiInitiator(), request.spiResponder(), request.exchange(), flags, request.messageId()),
                List.of(notify));
    }
}
