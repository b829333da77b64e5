package org.homeport.daemon.config;

import java.nio.file.Path;
import java.util.List;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.message.Proposal;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.core.policy.IdentityPattern;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.policy.Timing;

/**
 * What one kind of peer may do and how it has to prove who it is; {@code core}'s Connection without its keys.
 *
 * @param authorize who says what a peer may have that has proved itself without EAP
 */
public record ConnectionSettings(
        String name,
        IdentityPattern remote,
        Auth auth,
        Authorize authorize,
        List<Proposal> ikeProposals,
        List<String> pools,
        List<ChildPolicy> children,
        Timing timing) {
    public ConnectionSettings {
        ikeProposals = List.copyOf(ikeProposals);
        pools = List.copyOf(pools);
        children = List.copyOf(children);
    }

    /** Who is asked beyond the proof. */
    public enum Authorize {
        /** Nobody: this configuration says it all. */
        LOCAL,
        /** The AAA of the peer's realm. */
        AAA
    }

    /** How the peer proves who it is. */
    public sealed interface Auth {
        /** @param only whether EAP may be our proof too (RFC 5998) */
        record Eap(EapTurn.IdentityQuestion question, RemoteAuth.WithoutMsk withoutMsk, RemoteAuth.EapOnly only)
                implements Auth {}

        record Certificate() implements Auth {}

        /** Both sides prove themselves by the key in this file. */
        record SharedKey(Path file) implements Auth {}
    }
}
