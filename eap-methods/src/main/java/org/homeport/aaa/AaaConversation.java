package org.homeport.aaa;

import java.util.concurrent.CompletionStage;
import org.homeport.kit.Octets;

/**
 * One peer's conversation. Calls return at once; each is answered once, on any thread, and the stage never fails: what
 * goes wrong is {@link AaaReply.Unavailable}. One question at a time; a further one waits for the answer before.
 * After {@code Accept}, {@code Reject} and {@code Unavailable} nothing more is asked.
 */
public interface AaaConversation {
    /** Asks for the first EAP Request; once, first. */
    CompletionStage<AaaReply> begin();

    /** Takes the peer's EAP packet as it came: anything. */
    CompletionStage<AaaReply> answer(Octets packet);

    /** Nobody waits for the outcome any more: lets go of everything. May come at any time, also twice. */
    void abandon();
}
