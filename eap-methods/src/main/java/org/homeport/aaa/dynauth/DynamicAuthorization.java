package org.homeport.aaa.dynauth;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.aaa.dynauth.DynamicAuthorizationSettings.Client;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusAuthenticators;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusCodec;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.kit.Endpoint;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/**
 * What to do with a datagram that may be an order: checks who sent it, that it is fresh, and that it was not answered
 * already; makes the answers. Without sockets and sessions; one caller at a time.
 */
final class DynamicAuthorization {
    /** Why datagrams of strangers are discarded. */
    static final String UNKNOWN_CLIENT = "unknown-client";

    private final DynamicAuthorizationSettings settings;
    private final AnswerCache answers;

    DynamicAuthorization(DynamicAuthorizationSettings settings) {
        this.settings = settings;
        this.answers = new AnswerCache(settings.window());
    }

    /** What became of a datagram. */
    sealed interface Receipt {
        /** No answer. @param reason stable, for counters; @param why for the log */
        record Discarded(String reason, String why) implements Receipt {}

        /** It has been answered before: the same octets again. */
        record Again(Octets answer) implements Receipt {}

        /** @param why for the log */
        record Refused(Octets answer, Ticket ticket, ErrorCause cause, String why) implements Receipt {}

        /** To be carried out, and then answered by {@link #acknowledge} or {@link #refuse}. */
        record Accepted(Order order, Ticket ticket) implements Receipt {}
    }

    /** A request that has no answer yet. */
    record Ticket(RadiusPacket request, Client client, AnswerCache.Key key) {}

    Receipt receive(Endpoint from, Octets datagram, Instant now) {
        Optional<Client> client = settings.clientAt(from.address());
        if (client.isEmpty()) {
            return new Receipt.Discarded(UNKNOWN_CLIENT, from.address() + " is no client of dynamic-authorization");
        }
        RadiusPacket request;
        try {
            request = RadiusCodec.decode(datagram);
        } catch (WireException e) {
            return new Receipt.Discarded("malformed", String.valueOf(e.getMessage()));
        }
        if (request.code() != RadiusCode.DISCONNECT_REQUEST && request.code() != RadiusCode.COA_REQUEST) {
            return new Receipt.Discarded(
                    "wrong-code", request.code() + " instead of Disconnect-Request or CoA-Request");
        }
        Optional<Receipt> unproved = prove(request, datagram, client.get(), now);
        if (unproved.isPresent()) {
            return unproved.get();
        }
        return fresh(request, client.get(), new AnswerCache.Key(client.get(), request.authenticator()), now);
    }

    /** Nothing is said to somebody who has proved nothing (RFC 5176 sections 3.4 and 6.3). */
    private Optional<Receipt> prove(RadiusPacket request, Octets datagram, Client client, Instant now) {
        if (!RadiusAuthenticators.isRequestAuthentic(request, client.secret())) {
            return discarded(
                    "wrong-authenticator",
                    "the Request Authenticator is wrong: do both sides have the same secret for client '"
                            + client.name() + "'?");
        }
        if (request.first(AttributeType.MESSAGE_AUTHENTICATOR).isEmpty()) {
            return discarded(
                    "no-message-authenticator",
                    "no Message-Authenticator; client '" + client.name() + "' has to send one");
        }
        if (!RadiusAuthenticators.isMessageAuthentic(request, client.secret())) {
            return discarded("wrong-message-authenticator", "the Message-Authenticator is wrong");
        }
        return stale(request, client, now);
    }

    private Optional<Receipt> stale(RadiusPacket request, Client client, Instant now) {
        Optional<RadiusAttribute> timestamp = request.first(AttributeType.EVENT_TIMESTAMP);
        if (timestamp.isEmpty()) {
            return discarded("no-timestamp", "no Event-Timestamp; client '" + client.name() + "' has to send one");
        }
        try {
            Duration off = Duration.between(
                            Instant.ofEpochSecond(timestamp.get().integer()), now)
                    .abs();
            return off.compareTo(settings.window()) <= 0
                    ? Optional.empty()
                    : discarded(
                            "stale",
                            "Event-Timestamp is off by " + off.toSeconds() + " s; "
                                    + settings.window().toSeconds() + " s are allowed: are both clocks right?");
        } catch (WireException e) {
            return discarded("malformed", "Event-Timestamp: " + e.getMessage());
        }
    }

    private static Optional<Receipt> discarded(String reason, String why) {
        return Optional.of(new Receipt.Discarded(reason, why));
    }

    private Receipt fresh(RadiusPacket request, Client client, AnswerCache.Key key, Instant now) {
        Optional<AnswerCache.Kept> before = answers.find(key, now);
        if (before.isPresent()) {
            return before.get()
                    .answer()
                    .<Receipt>map(Receipt.Again::new)
                    .orElseGet(() -> new Receipt.Discarded("in-progress", "the same request is being worked on"));
        }
        if (!answers.begin(key, now)) {
            return new Receipt.Discarded("too-many", "too many requests within the window");
        }
        Ticket ticket = new Ticket(request, client, key);
        return switch (OrderReader.read(request, settings.nas())) {
            case OrderReader.Read.Wanted(Order order) -> new Receipt.Accepted(order, ticket);
            case OrderReader.Read.Refused(ErrorCause cause, String why) ->
                new Receipt.Refused(refuse(ticket, cause), ticket, cause, why);
        };
    }

    /** All of it is done. */
    Octets acknowledge(Ticket ticket) {
        return ticket.request().code() == RadiusCode.DISCONNECT_REQUEST
                ? answer(ticket, RadiusCode.DISCONNECT_ACK, List.of())
                : answer(ticket, RadiusCode.COA_ACK, List.of());
    }

    /** Nothing of it is done. */
    Octets refuse(Ticket ticket, ErrorCause cause) {
        RadiusAttribute why = RadiusAttribute.integer(AttributeType.ERROR_CAUSE, cause.number());
        return ticket.request().code() == RadiusCode.DISCONNECT_REQUEST
                ? answer(ticket, RadiusCode.DISCONNECT_NAK, List.of(why))
                : answer(ticket, RadiusCode.COA_NAK, List.of(why));
    }

    private Octets answer(Ticket ticket, RadiusCode code, List<RadiusAttribute> attributes) {
        RadiusPacket request = ticket.request();
        List<RadiusAttribute> all = new ArrayList<>(attributes);
        // As they came, in their order, State too (RFC 5176 sections 3.1 and 3.3).
        request.attributes().stream()
                .filter(a -> a.type() == AttributeType.PROXY_STATE || a.type() == AttributeType.STATE)
                .forEach(all::add);
        Octets answer = RadiusAuthenticators.response(
                code,
                request.identifier(),
                request.authenticator(),
                all,
                ticket.client().secret());
        answers.answered(ticket.key(), answer);
        return answer;
    }
}
