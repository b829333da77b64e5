package org.homeport.aaa;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapType;
import org.homeport.eap.Nai;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;

/**
 * Asks for the EAP identity first, and opens the rest of the conversation by what is answered: for backends that have
 * to know it before they can begin (RFC 3579 section 2.1). An empty answer leaves the name that was claimed before.
 */
public final class AskingConversation implements AaaConversation {
    /** Answers that are none, before the peer is given up. */
    private static final int MOST_ANSWERS = 10;

    private final AaaOpening opening;
    private final Function<AaaOpening, AaaConversation> next;
    private final int identifier;
    private Optional<AaaConversation> opened = Optional.empty();
    private int answers;
    private boolean abandoned;

    /** @param next opens what follows: no question any more, the answer's Identifier in the opening */
    public AskingConversation(AaaOpening opening, RandomSource random, Function<AaaOpening, AaaConversation> next) {
        this.opening = opening;
        this.next = next;
        this.identifier = random.below(256);
    }

    @Override
    public CompletionStage<AaaReply> begin() {
        return CompletableFuture.completedStage(question());
    }

    @Override
    public synchronized CompletionStage<AaaReply> answer(Octets packet) {
        if (opened.isPresent()) {
            return opened.get().answer(packet);
        }
        if (abandoned) {
            return CompletableFuture.completedStage(new AaaReply.Unavailable("the conversation was abandoned"));
        }
        Optional<EapPacket.Response> identity = identity(packet);
        if (identity.isPresent()) {
            AaaConversation conversation = open(identity.get());
            opened = Optional.of(conversation);
            return conversation.begin();
        }
        if (++answers >= MOST_ANSWERS) {
            return CompletableFuture.completedStage(new AaaReply.Reject(
                    Optional.empty(),
                    "asked for its identity, the peer answered something else " + answers + " times"));
        }
        return CompletableFuture.completedStage(question());
    }

    @Override
    public synchronized void abandon() {
        abandoned = true;
        opened.ifPresent(AaaConversation::abandon);
    }

    private AaaReply question() {
        return new AaaReply.Continue(
                EapCodec.encode(new EapPacket.Request(identifier, EapType.IDENTITY, Octets.EMPTY)), Optional.empty());
    }

    /** Anything else is discarded silently (RFC 3748 section 4.1), and the question repeated. */
    private Optional<EapPacket.Response> identity(Octets packet) {
        try {
            return EapCodec.decode(packet) instanceof EapPacket.Response response
                            && response.identifier() == identifier
                            && response.type().isSameMethodAs(EapType.IDENTITY)
                    ? Optional.of(response)
                    : Optional.empty();
        } catch (WireException e) {
            return Optional.empty();
        }
    }

    private AaaConversation open(EapPacket.Response response) {
        if (response.typeData().isEmpty()) {
            return next.apply(opening.answered(opening.claimed(), identifier));
        }
        try {
            return next.apply(opening.answered(
                    ClaimedIdentity.nai(Nai.of(response.typeData()).text()), identifier));
        } catch (WireException e) {
            return RefusedConversation.of(
                    opening.answered(opening.claimed(), identifier), "EAP identity refused: " + e.getMessage());
        }
    }
}
