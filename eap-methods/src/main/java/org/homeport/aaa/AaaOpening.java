package org.homeport.aaa;

import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.eap.IdentityQuestion;

/**
 * How a conversation begins.
 *
 * @param conversation correlation id, for logs
 * @param claimed stands in for the EAP identity where that is not asked for, or left empty: a pass-through builds its
 *     EAP-Response/Identity from it (RFC 3579 section 2.1)
 * @param careOf where the peer is, as text: its address and port
 * @param answered the Identifier of an EAP-Response/Identity that the peer has given already: {@code claimed} is what
 *     it says, and the next Request needs another Identifier (RFC 3748 section 4.1)
 */
public record AaaOpening(
        String conversation,
        ClaimedIdentity claimed,
        IdentityQuestion question,
        Optional<String> careOf,
        OptionalInt answered) {
    public AaaOpening {
        if (question == IdentityQuestion.ASK && answered.isPresent()) {
            throw new IllegalArgumentException("the identity was asked for already");
        }
    }

    public AaaOpening(String conversation, ClaimedIdentity claimed, IdentityQuestion question) {
        this(conversation, claimed, question, Optional.empty(), OptionalInt.empty());
    }

    /** The same peer under another name. */
    public AaaOpening as(ClaimedIdentity name) {
        return new AaaOpening(conversation, name, question, careOf, answered);
    }

    /** The same peer after it was asked. */
    public AaaOpening answered(ClaimedIdentity name, int identifier) {
        return new AaaOpening(conversation, name, IdentityQuestion.SKIP, careOf, OptionalInt.of(identifier));
    }
}
