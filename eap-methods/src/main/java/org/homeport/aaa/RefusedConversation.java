package org.homeport.aaa;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapPacket;
import org.homeport.kit.Octets;

/**
 * Over before it began.
 *
 * @param packet EAP-Failure, if there is a Response that it answers (RFC 3748 section 4.2)
 * @param reason for the operator
 */
public record RefusedConversation(Optional<Octets> packet, String reason) implements AaaConversation {
    public static RefusedConversation of(AaaOpening opening, String reason) {
        Optional<Octets> failure = opening.answered().isPresent()
                ? Optional.of(
                        EapCodec.encode(new EapPacket.Failure(opening.answered().getAsInt())))
                : Optional.empty();
        return new RefusedConversation(failure, reason);
    }

    @Override
    public CompletionStage<AaaReply> begin() {
        return CompletableFuture.completedStage(new AaaReply.Reject(packet, reason));
    }

    @Override
    public CompletionStage<AaaReply> answer(Octets response) {
        return begin();
    }

    @Override
    public void abandon() {}
}
