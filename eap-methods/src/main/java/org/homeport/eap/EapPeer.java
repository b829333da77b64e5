package org.homeport.eap;

import java.util.List;
import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/**
 * The peer's state machine (RFC 3748; RFC 4137 section 4), for one conversation. One call at a time.
 *
 * <p>A Success counts only if a method ran and is content: a Success out of the blue would let a rogue
 * authenticator in without proving anything (RFC 3748 section 4.2; CVE-2021-45079).
 */
public final class EapPeer {
    private final Octets identity;
    private final List<PeerMethod> methods;
    private final EapLimits limits;
    private Optional<Answered> last = Optional.empty();
    private Optional<PeerMethod> method = Optional.empty();
    private PeerStep.Standing standing = new PeerStep.Standing.Undecided();
    private Optional<String> over = Optional.empty();
    private int rounds;

    private record Answered(int identifier, Octets request, Octets response) {}

    /**
     * @param identity the answer to EAP-Request/Identity; may be anonymous, or empty
     * @param methods fresh, in order of preference; none that needs a tunnel
     * @throws IllegalArgumentException for one that does
     */
    public EapPeer(Octets identity, List<PeerMethod> methods, EapLimits limits) {
        this(identity, methods, limits, Shelter.OPEN);
    }

    private EapPeer(Octets identity, List<PeerMethod> methods, EapLimits limits, Shelter shelter) {
        for (PeerMethod candidate : methods) {
            if (!shelter.admits(candidate.type())) {
                throw new IllegalArgumentException(
                        candidate.name() + " outside a tunnel: it gives the password to whoever asks");
            }
        }
        this.identity = identity;
        this.methods = List.copyOf(methods);
        this.limits = limits;
    }

    /** For a conversation inside a tunnel whose server has proved itself, with any methods; see {@link #EapPeer}. */
    public static EapPeer inTunnel(Octets identity, List<PeerMethod> methods, EapLimits limits) {
        return new EapPeer(identity, methods, limits, Shelter.TUNNEL);
    }

    /** Takes what the authenticator sent: anything. */
    public PeerTurn handle(Octets octets) {
        if (over.isPresent()) {
            return new PeerTurn.Ignored("the conversation is over: " + over.get());
        }
        if (++rounds > limits.rounds()) {
            return fail("more than " + limits.rounds() + " rounds");
        }
        if (octets.length() > limits.packetOctets()) {
            return new PeerTurn.Ignored("a packet of " + octets.length() + " octets");
        }
        EapPacket packet;
        try {
            packet = EapCodec.decode(octets);
        } catch (WireException e) {
            return new PeerTurn.Ignored("malformed: " + e.getMessage());
        }
        return switch (packet) {
            case EapPacket.Request request -> request(request, octets);
            case EapPacket.Success success -> success(success);
            case EapPacket.Failure failure -> failure(failure);
            case EapPacket.Response response -> new PeerTurn.Ignored("a Response, to a peer");
        };
    }

    /** What the method that runs thinks of the server so far; for a method around this conversation. */
    public PeerStep.Standing standing() {
        return standing;
    }

    private PeerTurn request(EapPacket.Request request, Octets octets) {
        if (last.isPresent() && last.get().identifier() == request.identifier()) {
            return last.get().request().equals(octets)
                    ? new PeerTurn.Send(last.get().response(), Optional.empty())
                    : new PeerTurn.Ignored("another Request with Identifier " + request.identifier());
        }
        EapType type = request.type();
        if (type.isSameMethodAs(EapType.NOTIFICATION)) {
            return send(request, octets, Octets.EMPTY, Optional.of(readable(request.typeData())));
        }
        if (type.isSameMethodAs(EapType.IDENTITY)) {
            // RFC 3748 section 2.1: once a method has begun, "Identity Requery is not supported".
            return method.isPresent()
                    ? new PeerTurn.Ignored("asked for the identity in the middle of a method")
                    : send(request, octets, identity, Optional.empty());
        }
        if (!type.isMethod()) {
            return new PeerTurn.Ignored("a Request of type " + type);
        }
        if (method.isEmpty()) {
            method = methods.stream()
                    .filter(candidate -> candidate.type().isSameMethodAs(type))
                    .findFirst();
        }
        if (method.isEmpty()) {
            EapPacket.Response nak =
                    EapCodec.nak(request, methods.stream().map(PeerMethod::type).toList());
            return answer(request, octets, nak, Optional.empty());
        }
        // RFC 3748 section 2.1: no Nak after a method has begun; Requests of another type are discarded.
        return method.get().type().isSameMethodAs(type)
                ? method(method.get(), request, octets)
                : new PeerTurn.Ignored(
                        "a Request of type " + type + " during " + method.get().name());
    }

    private PeerTurn method(PeerMethod running, EapPacket.Request request, Octets octets) {
        return switch (running.handle(request.typeData(), request.identifier())) {
            case PeerStep.Answer answer -> {
                standing = answer.standing();
                yield send(request, octets, answer.typeData(), Optional.empty());
            }
            case PeerStep.Failed failed -> fail(failed.reason());
            case PeerStep.Ignored ignored -> new PeerTurn.Ignored(ignored.reason());
        };
    }

    private PeerTurn success(EapPacket.Success success) {
        if (!answersTheLast(success.identifier())) {
            return new PeerTurn.Ignored("EAP-Success with Identifier " + success.identifier());
        }
        return switch (standing) {
            case PeerStep.Standing.Content content -> accept(content.result());
            case PeerStep.Standing.Agreed agreed -> accept(agreed.result());
            case PeerStep.Standing.Lost lost -> fail(lost.reason());
            case PeerStep.Standing.Undecided undecided -> new PeerTurn.Ignored("EAP-Success before a method finished");
        };
    }

    private PeerTurn failure(EapPacket.Failure failure) {
        if (last.isPresent() && !answersTheLast(failure.identifier())) {
            return new PeerTurn.Ignored("EAP-Failure with Identifier " + failure.identifier());
        }
        return switch (standing) {
            case PeerStep.Standing.Lost lost -> fail(lost.reason());
            case PeerStep.Standing.Undecided undecided -> fail("EAP-Failure");
            case PeerStep.Standing.Content content -> fail("EAP-Failure");
            // RFC 3748 section 4.2: "after success result indications have been exchanged by both sides, a Failure
            // packet MUST be silently discarded."
            case PeerStep.Standing.Agreed agreed -> new PeerTurn.Ignored("EAP-Failure after both sides agreed");
        };
    }

    private boolean answersTheLast(int identifier) {
        return last.isPresent() && last.get().identifier() == identifier;
    }

    private PeerTurn send(EapPacket.Request request, Octets octets, Octets typeData, Optional<String> notice) {
        return answer(request, octets, new EapPacket.Response(request.identifier(), request.type(), typeData), notice);
    }

    private PeerTurn answer(
            EapPacket.Request request, Octets octets, EapPacket.Response response, Optional<String> notice) {
        Octets encoded = EapCodec.encode(response);
        last = Optional.of(new Answered(request.identifier(), octets, encoded));
        return new PeerTurn.Send(encoded, notice);
    }

    private PeerTurn accept(MethodResult result) {
        over = Optional.of("accepted");
        return new PeerTurn.Accepted(result);
    }

    private PeerTurn fail(String reason) {
        over = Optional.of(reason);
        return new PeerTurn.Failed(reason);
    }

    private static String readable(Octets text) {
        return text.utf8().replaceAll("\\p{Cntrl}", " ");
    }
}
