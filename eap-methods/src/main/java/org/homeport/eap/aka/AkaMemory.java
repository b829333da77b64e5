package org.homeport.eap.aka;

import java.util.Optional;
import org.homeport.eap.Nai;

/**
 * What a server keeps between conversations. Names here are user names without realm (RFC 4187 section 4.1.1.7). A
 * memory may forget at any time: peers are asked for more then.
 */
public interface AkaMemory {
    /** A new pseudonym of somebody; the one before stays good too, as the peer may not have saved the new one. */
    void keepPseudonym(String pseudonym, Nai permanent);

    Optional<Nai> behind(String pseudonym);

    /** A new context of somebody, in place of the one before. */
    void keepContext(String name, AkaContext context);

    /** A context, once: names for fast re-authentication "are one-time usernames" (RFC 4187 section 4.1.1.8). */
    Optional<AkaContext> takeContext(String name);
}
