package org.homeport.aaa;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.Nai;
import org.homeport.eap.ServerMethod;

/** An EAP method that the embedded AAA speaks itself. */
public interface LocalMethod {
    /** As users and the audit name it, "MSCHAPV2". */
    String name();

    EapType type();

    /** Whether what we know of the user is enough for this method. */
    boolean canServe(User user);

    /** Whether a name that no user has is of this method's making, as pseudonyms are: it is proposed first then. */
    default boolean recognises(Nai name) {
        return false;
    }

    /**
     * Makes the server side for one conversation.
     *
     * @param claimed who the peer says it is: some methods ask again, others rely on it
     */
    ServerMethod start(AccountDesk desk, Optional<Nai> claimed);
}
