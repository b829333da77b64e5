package org.homeport.core.session;

import java.util.List;
import java.util.Optional;
import org.homeport.core.message.IkeMessage;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.kit.Octets;

/**
 * A message of the peer that passed window, integrity, decoding and payload rules.
 *
 * @param message in the clear
 * @param datagram as received; for fragments the last one
 */
public record Inbound(IkeSa sa, Path path, IkeMessage message, Octets datagram) {
    public ExchangeType exchange() {
        return message.header().exchange();
    }

    public List<Payload> payloads() {
        return message.payloads();
    }

    public <P extends Payload> Optional<P> first(Class<P> kind) {
        return Payload.first(payloads(), kind);
    }

    public <P extends Payload> List<P> all(Class<P> kind) {
        return payloads().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public Optional<Payload.Notify> notification(NotifyType type) {
        return all(Payload.Notify.class).stream()
                .filter(n -> n.notifyType().equals(type))
                .findFirst();
    }

    public boolean has(NotifyType type) {
        return notification(type).isPresent();
    }

    /** The first error notify, in a response a refusal (RFC 7296 section 3.10.1). */
    public Optional<Payload.Notify> error() {
        return all(Payload.Notify.class).stream()
                .filter(n -> n.notifyType().isError())
                .findFirst();
    }

    public Optional<Payload.Identification> identification(PayloadType side) {
        return all(Payload.Identification.class).stream()
                .filter(i -> i.side().equals(side))
                .findFirst();
    }

    public Optional<Payload.TrafficSelectors> selectors(PayloadType side) {
        return all(Payload.TrafficSelectors.class).stream()
                .filter(t -> t.side().equals(side))
                .findFirst();
    }
}
